package io.telltale.server.chaos;

import io.telltale.server.trial.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The server under attack: started by the launcher as anybody would, always at the same addresses and on the same
/// data. It ends when this process does.
final class ServerProcess implements AutoCloseable {
    private static final Duration STOPPING = Duration.ofSeconds(40);
    private static final int HTTP_PATIENCE_MILLIS = 2_000;
    private static final String ENGINE = "EngineHost";

    private final Path home;
    private final Path directory;
    private final List<String> sets;
    private final int mqttPort = Ports.free();
    private final int httpPort = Ports.free();
    private final int storePort = Ports.free();
    private @Nullable Process process;
    private boolean shouldRun;

    /// @param home where the launcher lives
    /// @param directory for its data and its log
    /// @param sets settings, as `key=value`
    ServerProcess(Path home, Path directory, List<String> sets) {
        this.home = home;
        this.directory = directory;
        this.sets = List.copyOf(sets);
    }

    int mqttPort() {
        return mqttPort;
    }

    int storePort() {
        return storePort;
    }

    Path dataDirectory() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("server.log");
    }

    /// Returns at once; see [#isReady].
    void start() throws IOException {
        var command = new ArrayList<>(List.of(
                home.resolve("telltale").toString(),
                "server",
                "--leash",
                "--set=telltale.data-dir=" + dataDirectory(),
                "--set=telltale.gateway.mqtt.port=" + mqttPort,
                "--set=telltale.dashboard.http.port=" + httpPort,
                "--set=telltale.storage.clickhouse.port=" + storePort));
        sets.forEach(set -> command.add("--set=" + set));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().put("TELLTALE_SKIP_BUILD", "1");
        process = builder.start();
        shouldRun = true;
    }

    /// Whether its doors are open and its store answers.
    boolean isReady() {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + httpPort + "/health/ready")
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(HTTP_PATIENCE_MILLIS);
            connection.setReadTimeout(HTTP_PATIENCE_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException _) {
            return false;
        }
    }

    /// kill -9. Its ClickHouse notices and ends by itself.
    void kill() throws InterruptedException {
        shouldRun = false;
        running().destroyForcibly().waitFor();
    }

    /// SIGTERM.
    ///
    /// @return whether it ended by itself; if not in time, it is killed
    boolean stop() throws InterruptedException {
        shouldRun = false;
        running().destroy();
        if (running().waitFor(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
            return true;
        }
        running().destroyForcibly().waitFor();
        return false;
    }

    /// How it ended without being told to, if it did.
    Optional<Integer> fault() {
        return shouldRun && !running().isAlive() ? Optional.of(running().exitValue()) : Optional.empty();
    }

    /// The ClickHouse it runs at this moment.
    Optional<ProcessHandle> engine() {
        return running()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(ENGINE))
                .findFirst();
    }

    ProcessHandle handle() {
        return running().toHandle();
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("the server was never started");
        }
        return process;
    }

    @Override
    public void close() {
        try {
            if (process != null) {
                stop();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // its leash ends it
        }
    }
}
