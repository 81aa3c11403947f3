package io.telltale.storage.clickhouse;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.storage.clickhouse.EngineProcess.EngineFailedException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// ClickHouse in a process of its own, started and watched by us. When it dies it is started again on the same port,
/// so that whoever retries gets through. When we die, however, it ends too.
public final class EmbeddedClickHouse implements ClickHouse {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedClickHouse.class);

    /// An engine whose parent was killed needs a moment to notice and to leave the data directory.
    private static final long PREDECESSOR_MILLIS = 10_000;

    private static final long MIN_BACK_OFF_MILLIS = 100;
    private static final long MAX_BACK_OFF_MILLIS = 5_000;

    private final EngineSettings settings;
    private final DataDirectory dataDirectory;
    private final EngineFiles files;
    private final Address address;
    private final Counter restarts;
    private final Thread supervisor;
    private volatile EngineProcess engine;
    private volatile boolean closing;

    private EmbeddedClickHouse(
            EngineSettings settings,
            DataDirectory dataDirectory,
            EngineFiles files,
            EngineProcess engine,
            Address address,
            MeterRegistry registry) {
        this.settings = settings;
        this.dataDirectory = dataDirectory;
        this.files = files;
        this.engine = engine;
        this.address = address;
        this.restarts = Counter.builder("telltale.storage.engine.restarts")
                .description("Times the embedded ClickHouse died and was started again")
                .register(registry);
        this.supervisor = Thread.ofVirtual().name("telltale-engine-supervisor").unstarted(this::supervise);
    }

    /// Starts the engine and waits until it answers.
    ///
    /// @throws ClickHouseException if the library is missing, the data directory is in use, or the port is taken
    public static EmbeddedClickHouse start(EngineSettings settings, MeterRegistry registry) {
        requireLibrary(settings);
        DataDirectory dataDirectory = DataDirectory.hold(settings.dataDirectory());
        try {
            String password = newPassword();
            EngineFiles files = EngineFiles.write(settings, password);
            long startNanos = System.nanoTime();
            EngineProcess engine = startAfterPredecessor(settings, files);
            var address = new Address(URI.create("http://127.0.0.1:" + engine.port()), "telltale", password);
            log.info(
                    "ClickHouse at {} in {} (pid {}), ready after {} ms",
                    address.url(),
                    settings.dataDirectory(),
                    engine.pid(),
                    (System.nanoTime() - startNanos) / 1_000_000);
            var clickHouse = new EmbeddedClickHouse(settings, dataDirectory, files, engine, address, registry);
            clickHouse.supervisor.start();
            return clickHouse;
        } catch (EngineFailedException failed) {
            dataDirectory.close();
            throw explain(settings, failed);
        } catch (IOException failed) {
            dataDirectory.close();
            throw new ClickHouseException("the embedded ClickHouse does not start: " + failed, failed);
        } catch (InterruptedException interrupted) {
            dataDirectory.close();
            Thread.currentThread().interrupt();
            throw new ClickHouseException("interrupted while the embedded ClickHouse started", interrupted);
        }
    }

    /// Where the engine of another Telltale that holds the data directory can be reached, by whoever may read its
    /// files.
    ///
    /// @return empty when nobody holds it
    /// @throws ClickHouseException if somebody does and its engine does not run
    public static Optional<Address> ofAnother(EngineSettings settings) {
        if (!DataDirectory.isHeld(settings.dataDirectory())) {
            return Optional.empty();
        }
        var files = EngineFiles.of(settings);
        try {
            String port = Files.readString(files.portFile()).strip();
            String password = Files.readString(files.passwordFile()).strip();
            return Optional.of(new Address(URI.create("http://127.0.0.1:" + port), "telltale", password));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ClickHouseException(
                    "data directory " + settings.dataDirectory()
                            + " is in use by another Telltale whose ClickHouse cannot be reached: " + unreadable,
                    unreadable);
        }
    }

    /// Whether an engine has ever kept something there.
    public static boolean hasData(EngineSettings settings) {
        return Files.isDirectory(EngineFiles.of(settings).data());
    }

    private static void requireLibrary(EngineSettings settings) {
        if (Files.isReadable(settings.library())) {
            return;
        }
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        String advice = system.equals("Linux amd64")
                ? "run `" + settings.engineDirectory().resolve("install") + "`"
                : "there is none for " + system;
        String otherwise = installedServer()
                .map(program -> "start the ClickHouse that is installed here (`" + program + " server`)")
                .orElse("start a ClickHouse server");
        throw new ClickHouseException("no embedded ClickHouse at " + settings.library() + ": " + advice + "; or "
                + otherwise + " and set telltale.storage.clickhouse.url to its address");
    }

    private static Optional<Path> installedServer() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "clickhouse"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static EngineProcess startAfterPredecessor(EngineSettings settings, EngineFiles files)
            throws IOException, InterruptedException, EngineFailedException {
        long deadlineNanos = System.nanoTime() + PREDECESSOR_MILLIS * 1_000_000;
        while (true) {
            try {
                return EngineProcess.start(settings, files, settings.port());
            } catch (EngineFailedException failed) {
                boolean passes = failed.isDataInUse() || failed.wasKilled();
                if (!passes || System.nanoTime() > deadlineNanos) {
                    throw failed;
                }
                Thread.sleep(MIN_BACK_OFF_MILLIS);
            }
        }
    }

    private static ClickHouseException explain(EngineSettings settings, EngineFailedException failed) {
        if (failed.isPortTaken()) {
            return new ClickHouseException(
                    "port " + settings.port() + " is taken by another program: set telltale.storage.clickhouse.port"
                            + " to a free one, or to 0 for any",
                    failed);
        }
        if (failed.isDataInUse()) {
            return new ClickHouseException(
                    "data directory " + settings.dataDirectory() + " is already in use by another ClickHouse", failed);
        }
        return new ClickHouseException("the embedded ClickHouse ended at its start: " + failed.getMessage(), failed);
    }

    private void supervise() {
        try {
            while (true) {
                int status = engine.awaitEnd();
                if (closing) {
                    return;
                }
                log.warn("ClickHouse (pid {}) ended with status {}: starting it again", engine.pid(), status);
                restart();
            }
        } catch (InterruptedException closed) {
            log.debug("supervision of ClickHouse ends");
        }
    }

    private void restart() throws InterruptedException {
        long backOffMillis = MIN_BACK_OFF_MILLIS;
        while (!closing) {
            try {
                EngineProcess next =
                        EngineProcess.start(settings, files, address.url().getPort());
                restarts.increment();
                log.info("ClickHouse at {} again (pid {})", address.url(), next.pid());
                engine = next;
                return;
            } catch (EngineFailedException | IOException failed) {
                log.warn("ClickHouse does not start, next try in {} ms: {}", backOffMillis, failed.getMessage());
                Thread.sleep(backOffMillis);
                backOffMillis = Math.min(2 * backOffMillis, MAX_BACK_OFF_MILLIS);
            }
        }
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public OptionalLong enginePid() {
        return OptionalLong.of(engine.pid());
    }

    /// Stops the engine in good order and frees the data directory.
    @Override
    public void close() {
        closing = true;
        supervisor.interrupt();
        try {
            supervisor.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        engine.stop();
        dataDirectory.close();
    }
}
