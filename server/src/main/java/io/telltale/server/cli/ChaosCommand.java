package io.telltale.server.cli;

import io.telltale.server.chaos.Chaos;
import io.telltale.server.chaos.ChaosOptions;
import io.telltale.server.chaos.ChaosReport;
import io.telltale.server.trial.Directories;
import io.telltale.server.trial.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description =
                "Kill, pause and cut off a server under load, then compare what is stored with what must be. Exit code 1"
                        + " on any difference; docs/chaos.md says more.")
final class ChaosCommand implements Callable<Integer> {
    private static final Duration LATE_BY = Duration.ofMinutes(4);
    private static final int MESSAGES_PER_SECOND = 1_000;
    private static final int SECONDS_PER_KILL = 10;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of everything said and done (1).")
    private long seed;

    @Option(
            names = "--duration",
            paramLabel = "T",
            converter = Times.class,
            description = "How long the fleet speaks (100s, or 10 s for each kill).")
    private @Nullable Duration duration;

    @Option(names = "--devices", paramLabel = "N", defaultValue = "100", description = "Devices (100).")
    private int devices;

    @Option(names = "--messages", paramLabel = "N", description = "Messages of all devices (1000 a second).")
    private @Nullable Integer messages;

    @Option(names = "--kills", paramLabel = "K", description = "Kills and restarts (one in 10 s).")
    private @Nullable Integer kills;

    @Option(names = "--late", description = "Also send points for windows that are long closed.")
    private boolean late;

    @Option(names = "--data-dir", paramLabel = "D", description = "Where everything is written (a temporary one).")
    private @Nullable Path dataDir;

    @Mixin
    private final SetOption sets = new SetOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var directory =
                dataDir == null ? Files.createTempDirectory("telltale-chaos") : Files.createDirectories(dataDir);
        var report = run(options(), directory);
        System.out.println(report);
        if (report.isGood() && dataDir == null) {
            Directories.delete(directory);
        }
        return report.isGood() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static ChaosReport run(ChaosOptions options, Path directory) throws IOException, InterruptedException {
        try (var broker = new Mosquitto(Files.createDirectories(directory.resolve("mosquitto")));
                var chaos = new Chaos(options, directory, List.of(broker), ChaosCommand::tell)) {
            System.out.printf(
                    "seed %d: %d messages of %d devices in %d s, %d kills; in %s%n",
                    options.seed(),
                    options.messages(),
                    options.devices(),
                    options.duration().toSeconds(),
                    options.kills(),
                    directory);
            return chaos.run();
        }
    }

    private static void tell(String line) {
        System.out.println(line);
    }

    private ChaosOptions options() {
        var time = duration != null ? duration : Duration.ofSeconds(kills == null ? 100 : 10L * Math.max(1, kills));
        int seconds = (int) time.toSeconds();
        return new ChaosOptions(
                seed,
                time,
                devices,
                messages != null ? messages : seconds * MESSAGES_PER_SECOND,
                kills != null ? kills : Math.max(1, seconds / SECONDS_PER_KILL),
                late ? LATE_BY : Duration.ZERO,
                Path.of(System.getProperty("telltale.home", ".")).toAbsolutePath(),
                sets.pairs());
    }
}
