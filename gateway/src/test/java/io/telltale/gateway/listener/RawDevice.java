package io.telltale.gateway.listener;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.HexFormat;

/// A device that speaks MQTT byte by byte, so that a test can be as rude as it likes.
final class RawDevice implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;

    RawDevice(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    /// Connected with MQTT 3.1.1 and welcomed.
    static RawDevice connected(int port, String clientId, boolean isClean) {
        var device = new RawDevice(port).send(connect(4, clientId, isClean ? 2 : 0, 0));
        var connack = device.read();
        if (!connack.startsWith("20020") || !connack.endsWith("00")) {
            throw new AssertionError("expected to be welcomed, got " + connack);
        }
        return device;
    }

    /// @param flags of CONNECT
    /// @param more behind the client id: will, user name, password
    static byte[] connect(int version, String clientId, int flags, int keepAliveSeconds, byte[]... more) {
        var body = new Bytes()
                .text(version == 3 ? "MQIsdp" : "MQTT")
                .number(version, 1)
                .number(flags, 1)
                .number(keepAliveSeconds, 2);
        if (version == 5) {
            body.number(0, 1);
        }
        body.text(clientId);
        for (var part : more) {
            body.raw(part);
        }
        return packet(0x10, body.bytes());
    }

    /// With MQTT 5, a session that is kept for a minute, and a will for `status/{clientId}` that waits.
    static byte[] connectWithDelayedWill(String clientId, boolean isClean, int delaySeconds) {
        return packet(
                0x10,
                new Bytes()
                        .text("MQTT")
                        .number(5, 1)
                        .number(isClean ? 6 : 4, 1)
                        .number(0, 2)
                        .raw(HexFormat.of().parseHex("05" + "110000003c"))
                        .text(clientId)
                        .raw(HexFormat.of().parseHex("05" + "18"))
                        .number(delaySeconds, 4)
                        .text("status/" + clientId)
                        .text("offline")
                        .bytes());
    }

    static byte[] publish(String topic, int qos, int packetId, String payload) {
        return publish(topic, qos, packetId, payload, "");
    }

    /// @param properties of MQTT 5 with their length, in hex; empty for none before MQTT 5
    static byte[] publish(String topic, int qos, int packetId, String payload, String properties) {
        var body = new Bytes().text(topic);
        if (qos > 0) {
            body.number(packetId, 2);
        }
        body.raw(HexFormat.of().parseHex(properties)).raw(payload.getBytes(UTF_8));
        return packet(0x30 | qos << 1, body.bytes());
    }

    static byte[] pubrel(int packetId) {
        return packet(0x62, new Bytes().number(packetId, 2).bytes());
    }

    static byte[] text(String text) {
        return new Bytes().text(text).bytes();
    }

    static byte[] packet(int type, byte[] body) {
        var packet = new Bytes().number(type, 1);
        int length = body.length;
        do {
            packet.number((length & 0x7F) | (length > 0x7F ? 0x80 : 0), 1);
            length >>>= 7;
        } while (length > 0);
        return packet.raw(body).bytes();
    }

    RawDevice send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    RawDevice send(String hex) {
        return send(HexFormat.of().parseHex(hex));
    }

    /// The next packet in hex; `closed` when there is none to come; `silence` when none came in time.
    String read() {
        return read(10_000);
    }

    String read(int timeoutMillis) {
        try {
            socket.setSoTimeout(timeoutMillis);
            var packet = new Bytes().number(in.readUnsignedByte(), 1);
            int length = 0;
            int shift = 0;
            int next;
            do {
                next = in.readUnsignedByte();
                packet.number(next, 1);
                length |= (next & 0x7F) << shift;
                shift += 7;
            } while ((next & 0x80) != 0);
            return HexFormat.of().formatHex(packet.raw(in.readNBytes(length)).bytes());
        } catch (SocketTimeoutException silence) {
            return "silence";
        } catch (EOFException | SocketException closed) {
            return "closed";
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    void readAndClose() {
        read();
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    /// Bytes being written.
    private static final class Bytes {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(written);

        Bytes text(String text) {
            var utf8 = text.getBytes(UTF_8);
            return number(utf8.length, 2).raw(utf8);
        }

        Bytes number(int value, int bytes) {
            for (int i = bytes - 1; i >= 0; i--) {
                written.write(value >>> (8 * i));
            }
            return this;
        }

        Bytes raw(byte[] bytes) {
            try {
                out.write(bytes);
                return this;
            } catch (IOException unexpected) {
                throw new UncheckedIOException(unexpected);
            }
        }

        byte[] bytes() {
            return written.toByteArray();
        }
    }
}
