package io.telltale.server.trial;

import io.telltale.server.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Somebody's broker: the installed Mosquitto on a free port of the loopback interface, with a persistent session store
/// and the two settings that a lane needs.
public final class Mosquitto implements Broker {
    private static final List<String> PLACES = List.of(
            "/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto", "/opt/homebrew/sbin/mosquitto");

    private final Path executable;
    private final Path directory;
    private final int port;
    private Leashed process;

    /// @param directory for its configuration, log and store; exists
    /// @throws Refusal when none is installed
    public Mosquitto(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        executable = PLACES.stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        "needs the broker Mosquitto and found none: install it, e.g. 'apt-get install mosquitto'"));
        port = Ports.free();
        // Started by root it would become the user "mosquitto", who may not write to a private directory.
        Files.writeString(directory.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                max_inflight_messages 0
                max_queued_messages 0
                persistence true
                persistence_location %s/
                autosave_interval 5
                user root
                log_dest file %s/mosquitto.log
                """.formatted(port, directory, directory));
        process = launch();
    }

    @Override
    public String name() {
        return "Mosquitto";
    }

    @Override
    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /// In good order: it saves what it holds. Killed, it forgets messages that it acked.
    @Override
    public void restart() throws IOException, InterruptedException {
        process.close();
        process = launch();
    }

    @Override
    public void close() {
        process.close();
    }

    private Leashed launch() throws IOException, InterruptedException {
        var output = directory.resolve("mosquitto.out");
        var configuration = directory.resolve("mosquitto.conf").toString();
        var started = new Leashed(List.of(executable.toString(), "-c", configuration), Map.of(), output);
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!answers()) {
            if (System.nanoTime() > deadlineNanos) {
                started.close();
                throw new UncheckedIOException(new IOException("Mosquitto did not start: " + Files.readString(output)));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return started;
    }

    private boolean answers() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
