package io.telltale.server.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// As much MQTT 3.1.1 as a rude device needs. What the server says is read and forgotten.
final class RawDevice implements Closeable {
    private static final int MAX_PACKET_ID = 65_535;

    private final Socket socket;
    private final OutputStream out;
    private final byte[] topic;
    private int packetId;

    RawDevice(int port, String id) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        topic = ("telemetry/" + id).getBytes(StandardCharsets.UTF_8);
        byte[] client = id.getBytes(StandardCharsets.UTF_8);
        var connect = ByteBuffer.allocate(14 + client.length)
                .put((byte) 0x10)
                .put((byte) (12 + client.length))
                .put(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0})
                .putShort((short) client.length)
                .put(client);
        out.write(connect.array());
        Thread.ofVirtual().name("rude-device-reader").start(this::readAndForget);
    }

    /// QoS 1. `payload` is shorter than some 100 bytes, topic included.
    void publish(String payload) throws IOException {
        byte[] body = payload.getBytes(StandardCharsets.US_ASCII);
        packetId = packetId % MAX_PACKET_ID + 1;
        var publish = ByteBuffer.allocate(6 + topic.length + body.length)
                .put((byte) 0x32)
                .put((byte) (4 + topic.length + body.length))
                .putShort((short) topic.length)
                .put(topic)
                .putShort((short) packetId)
                .put(body);
        out.write(publish.array());
    }

    private void readAndForget() {
        try (var in = socket.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // It was closed.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
