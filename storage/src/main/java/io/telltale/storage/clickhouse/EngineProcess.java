package io.telltale.storage.clickhouse;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of the engine, from its start to its end.
final class EngineProcess {
    /// The first start on a machine reads half a gigabyte of library from a cold disk.
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final long POLL_MILLIS = 10;
    /// Exit statuses above it are signals, which the engine leaves to whoever sends them.
    private static final int SIGNALLED = 128;

    private static final int LAST_WORDS_LIMIT = 2_000;

    private final Process process;
    private final EngineFiles files;
    private final int port;

    private EngineProcess(Process process, EngineFiles files, int port) {
        this.process = process;
        this.files = files;
        this.port = port;
    }

    /// Starts the engine's JVM and waits until it accepts connections.
    ///
    /// @throws EngineFailedException if it ends instead, or takes longer than a minute
    static EngineProcess start(EngineSettings settings, EngineFiles files, int port)
            throws IOException, InterruptedException, EngineFailedException {
        Files.deleteIfExists(files.portFile());
        Process process = new ProcessBuilder(commandLine(settings, files, port))
                .directory(files.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(files.outputFile().toFile())
                .start();
        try {
            return new EngineProcess(process, files, awaitPort(process, files));
        } catch (IOException | InterruptedException | EngineFailedException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private static List<String> commandLine(EngineSettings settings, EngineFiles files, int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx32m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ownClassPath(),
                EngineHost.class.getName(),
                settings.library().toString(),
                files.startScriptFile().toString(),
                "--path=" + files.data(),
                "--config-file=" + files.configurationFile(),
                "--http_port=" + port,
                "--log-level=warning");
    }

    /// The jar or directory this class came from: the engine's JVM needs nothing else.
    private static String ownClassPath() {
        try {
            return Path.of(EngineProcess.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) { // a class loader's own URL
            throw new IllegalStateException(impossible);
        }
    }

    private static int awaitPort(Process process, EngineFiles files)
            throws InterruptedException, IOException, EngineFailedException {
        long deadlineNanos = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadlineNanos) {
            String port = read(files.portFile());
            if (port.endsWith("\n")) {
                return Integer.parseInt(port.strip());
            }
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new EngineFailedException(lastWords(files), process.exitValue() > SIGNALLED);
            }
        }
        throw new EngineFailedException("not ready after " + START_TIMEOUT.toSeconds() + " s", false);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException notYet) {
            return "";
        }
    }

    private static String lastWords(EngineFiles files) throws IOException {
        String text = read(files.outputFile()).strip();
        return text.substring(Math.max(0, text.length() - LAST_WORDS_LIMIT));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /// @return the exit status
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /// Lets go of the leash and waits for the orderly end; after a quarter of a minute it is killed.
    void stop() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException alreadyGone) {
            process.destroyForcibly();
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    String lastWords() throws IOException {
        return lastWords(files);
    }

    /// The engine ended before it was ready.
    static final class EngineFailedException extends Exception {
        private final boolean wasKilled;

        EngineFailedException(String output, boolean wasKilled) {
            super(output);
            this.wasKilled = wasKilled;
        }

        /// Nothing is wrong with it: somebody else ended it.
        boolean wasKilled() {
            return wasKilled;
        }

        boolean isPortTaken() {
            return hasCode(210);
        }

        boolean isDataInUse() {
            return hasCode(76);
        }

        private boolean hasCode(int code) {
            return String.valueOf(getMessage()).contains("Code: " + code + ".");
        }
    }
}
