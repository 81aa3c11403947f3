package io.telltale.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/// As much of an MQTT server as a publisher notices, written with other means than the simulator, with a thread
/// per connection.
public final class TestServer implements AutoCloseable {
    public enum Answer {
        ACK,
        SILENCE,
        /// Closes the connection without an ack.
        HANG_UP
    }

    /// One PUBLISH as it arrived.
    public record Publish(String topic, String payload, int qos, boolean isResent, boolean isRetained) {}

    private final ServerSocket socket;
    private final Function<Publish, Answer> behaviour;
    private final List<String> connects = new CopyOnWriteArrayList<>();
    private final List<Publish> heard = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    public TestServer(Function<Publish, Answer> behaviour) throws IOException {
        this(behaviour, ServerSocketFactory.getDefault());
    }

    /// @param sockets plain ones, or with TLS
    public TestServer(Function<Publish, Answer> behaviour, ServerSocketFactory sockets) throws IOException {
        this.behaviour = behaviour;
        socket = sockets.createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// What came in each CONNECT, as text.
    public List<String> connects() {
        return connects;
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<Publish> telemetry() {
        return heard.stream()
                .filter(publish -> publish.topic().startsWith("telemetry/"))
                .toList();
    }

    public List<String> statusOf(String device) {
        return heard.stream()
                .filter(publish -> publish.topic().equals("status/" + device) && publish.isRetained())
                .map(Publish::payload)
                .toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// Dies: nobody is heard any more, and nobody comes in.
    public void kill() throws IOException {
        close();
        for (var connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (!socket.isClosed()) {
                var connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection;
                var in = new DataInputStream(connection.getInputStream());
                var out = connection.getOutputStream()) {
            while (answer(in, out)) {}
        } catch (IOException e) {
            // The device is gone.
        }
    }

    private boolean answer(DataInputStream in, OutputStream out) throws IOException {
        int header = in.readUnsignedByte();
        byte[] body = in.readNBytes(length(in));
        switch (header >> 4) {
            case 1 -> {
                connects.add(new String(body, US_ASCII));
                out.write(new byte[] {0x20, 2, 0, 0});
            }
            case 3 -> {
                return take(header, body, out);
            }
            case 12 -> out.write(new byte[] {(byte) 0xD0, 0});
            case 14 -> {
                return false;
            }
            default -> throw new IOException("unexpected packet type " + (header >> 4));
        }
        return true;
    }

    private boolean take(int header, byte[] body, OutputStream out) throws IOException {
        int qos = (header >> 1) & 3;
        int topicEnd = 2 + (((body[0] & 0xFF) << 8) | (body[1] & 0xFF));
        int start = qos == 0 ? topicEnd : topicEnd + 2;
        var publish = new Publish(
                new String(body, 2, topicEnd - 2, US_ASCII),
                new String(body, start, body.length - start, US_ASCII),
                qos,
                (header & 8) != 0,
                (header & 1) != 0);
        heard.add(publish);
        var answer = qos == 0 ? Answer.SILENCE : behaviour.apply(publish);
        if (answer == Answer.ACK) {
            out.write(new byte[] {0x40, 2, body[topicEnd], body[topicEnd + 1]});
        }
        return answer != Answer.HANG_UP;
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int octet;
        do {
            octet = in.readUnsignedByte();
            length |= (octet & 0x7F) << shift;
            shift += 7;
        } while ((octet & 0x80) != 0);
        return length;
    }
}
