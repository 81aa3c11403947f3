package io.telltale.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.server.TestServers;
import io.telltale.server.trial.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A small run with everything in it, a killed broker too.
class ChaosIT {
    private static final long SEED = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void nothing_acked_is_lost_and_nothing_is_counted_twice_whatever_dies() throws Exception {
        var options = new ChaosOptions(
                SEED, Duration.ofSeconds(35), 60, 30_000, 7, Duration.ZERO, TestServers.HOME, List.of());

        try (var mosquitto = new Mosquitto(directory("mosquitto"));
                var artemis = new Artemis(directory("artemis"));
                var chaos = new Chaos(options, directory, List.of(mosquitto, artemis), ChaosIT::tell)) {
            var report = chaos.run();

            assertThat(report.isGood()).as("seed %d%n%s", SEED, report).isTrue();
            tell(report.toString());
        }
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    private static void tell(String line) {
        System.out.println(line);
    }
}
