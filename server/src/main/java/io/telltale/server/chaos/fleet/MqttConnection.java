package io.telltale.server.chaos.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// One connection of a device that publishes with QoS 1. MQTT 3.1.1, OASIS standard, sections 2 and 3, as far as that
/// needs it.
///
/// Written here because the harness must decide itself what is sent again, in which order and when; a client library
/// decides that for its caller. One thread may write while another reads.
public final class MqttConnection implements AutoCloseable {
    private static final int CONNECT = 0x10;
    private static final int CONNACK = 0x20;
    private static final int PUBLISH_QOS_1 = 0x32;
    private static final int DUPLICATE = 0x08;
    private static final int PUBACK = 0x40;
    private static final int DISCONNECT = 0xE0;
    private static final int CLEAN_SESSION = 0x02;
    private static final int CONNECT_DEADLINE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final DataOutputStream out;
    private final DataInputStream in;

    /// Says of a device that it lives, and waits for the PUBACK.
    public static void greet(int port, String device) throws IOException {
        try (var connection = new MqttConnection(port, device)) {
            connection.publish("telemetry/" + device, 1, "{}".getBytes(US_ASCII), false);
            connection.flush();
            connection.awaitAck();
        }
    }

    /// Returns when the connection is accepted.
    MqttConnection(int port, String clientId) throws IOException {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_DEADLINE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(CONNECT_DEADLINE_MILLIS);
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            in = new DataInputStream(socket.getInputStream());
            connect(clientId);
            socket.setSoTimeout(0);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void connect(String clientId) throws IOException {
        var body = new ByteArrayOutputStream();
        var fields = new DataOutputStream(body);
        fields.writeUTF("MQTT");
        fields.writeByte(4);
        fields.writeByte(CLEAN_SESSION);
        fields.writeShort(0); // no keep-alive: the network here breaks loudly
        fields.writeUTF(clientId);
        out.writeByte(CONNECT);
        writeLength(body.size());
        body.writeTo(out);
        out.flush();
        if (in.readUnsignedByte() != CONNACK || in.readUnsignedByte() != 2) {
            throw new IOException("no CONNACK");
        }
        in.readUnsignedByte();
        int code = in.readUnsignedByte();
        if (code != 0) {
            throw new IOException("refused with code " + code);
        }
    }

    /// Buffered: see [#flush].
    ///
    /// @param packetId 1 to 65,535
    void publish(String topic, int packetId, byte[] payload, boolean again) throws IOException {
        out.writeByte(again ? PUBLISH_QOS_1 | DUPLICATE : PUBLISH_QOS_1);
        writeLength(2 + topic.length() + 2 + payload.length);
        out.writeShort(topic.length());
        out.write(topic.getBytes(US_ASCII));
        out.writeShort(packetId);
        out.write(payload);
    }

    void flush() throws IOException {
        out.flush();
    }

    /// Blocks until the next PUBACK.
    ///
    /// @return its packet id
    /// @throws IOException when the connection has ended
    int awaitAck() throws IOException {
        while (true) {
            int type = in.readUnsignedByte();
            int length = in.readUnsignedByte(); // what a publisher hears is short
            if (type == PUBACK && length == 2) {
                return in.readUnsignedShort();
            }
            in.skipNBytes(length);
        }
    }

    void disconnect() throws IOException {
        out.writeByte(DISCONNECT);
        out.writeByte(0);
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is closed all the same.
        }
    }

    private void writeLength(int length) throws IOException {
        int rest = length;
        while (rest > 0x7F) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
