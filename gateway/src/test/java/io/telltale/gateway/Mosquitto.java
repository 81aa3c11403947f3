package io.telltale.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// Debian's Mosquitto: the broker, and its publishing client.
public final class Mosquitto {
    private static final int PATIENCE_SECONDS = 20;

    private final Path directory;
    private final int port;
    private Process process;

    private Mosquitto(Path directory, int port) {
        this.directory = directory;
        this.port = port;
        this.process = launch(directory, port);
    }

    /// @param directory for its configuration and its queue
    public static Mosquitto start(Path directory) {
        return new Mosquitto(directory, freePort());
    }

    public int port() {
        return port;
    }

    /// An orderly end: it writes its queue to disk first.
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("mosquitto did not end");
        }
    }

    /// After [#stop()]: on the same port, with the queue it had.
    public void startAgain() {
        process = launch(directory, port);
    }

    /// Runs `mosquitto_pub` to its end.
    ///
    /// @return its exit code
    public static int publish(int port, String... arguments) {
        var command =
                new ArrayList<>(List.of(program("mosquitto_pub"), "-h", "127.0.0.1", "-p", Integer.toString(port)));
        command.addAll(List.of(arguments));
        try {
            var publisher = new ProcessBuilder(command).inheritIO().start();
            if (!publisher.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                publisher.destroyForcibly();
                throw new AssertionError("mosquitto_pub did not end: " + command);
            }
            return publisher.exitValue();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// Publishes every line as one message with QoS 1 over one connection.
    public static void publishLines(int port, String topic, List<String> lines) {
        try {
            var publisher = new ProcessBuilder(
                            program("mosquitto_pub"),
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(port),
                            "-q",
                            "1",
                            "-t",
                            topic,
                            "-l")
                    .start();
            try (var writer = publisher.outputWriter(UTF_8)) {
                for (var line : lines) {
                    writer.append(line).append('\n');
                }
            }
            if (!publisher.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || publisher.exitValue() != 0) {
                throw new AssertionError("mosquitto_pub did not publish " + lines.size() + " lines");
            }
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static Process launch(Path directory, int port) {
        try {
            var config = Files.writeString(directory.resolve("mosquitto.conf"), """
                    listener %d 127.0.0.1
                    allow_anonymous true
                    user root
                    persistence true
                    persistence_location %s/
                    max_inflight_messages 0
                    max_queued_messages 0
                    """.formatted(port, directory));
            var process = new ProcessBuilder(program("mosquitto"), "-c", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("mosquitto.log").toFile())
                    .start();
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .failFast("mosquitto ended: " + directory.resolve("mosquitto.log"), () -> !process.isAlive())
                    .until(() -> accepts(port));
            return process;
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static String program(String name) {
        for (var directory : List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")) {
            var file = Path.of(directory, name);
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        throw new AssertionError(
                name + " not found: these tests need Debian's packages mosquitto and mosquitto-clients");
    }
}
