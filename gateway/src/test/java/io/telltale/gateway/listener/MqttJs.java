package io.telltale.gateway.listener;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The npm package `mqtt`, in a process of its own.
final class MqttJs {
    private static final Path PROGRAM = Path.of("src/test/mqttjs");
    private static final Path INSTALLED = Path.of("target/mqttjs");

    private MqttJs() {}

    /// @param version of the protocol: 4 is 3.1.1
    /// @return what it said when it ended
    static CompletableFuture<String> publish(int port, int version, int count) {
        install();
        return CompletableFuture.supplyAsync(
                () -> run(List.of("node", "publish.js", "" + port, "" + version, "" + count)));
    }

    private static void install() {
        try {
            Files.createDirectories(INSTALLED);
            for (String file : List.of("package.json", "package-lock.json", ".npmrc", "publish.js")) {
                Files.copy(PROGRAM.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Files.exists(INSTALLED.resolve("node_modules/mqtt/package.json"))) {
            run(List.of("npm", "ci", "--ignore-scripts", "--loglevel=error"));
        }
    }

    private static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .directory(INSTALLED.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " ended with " + process.exitValue() + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
