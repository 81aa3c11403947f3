package io.telltale.server.cli;

import com.typesafe.config.Config;
import io.telltale.server.ServerSettings;
import io.telltale.server.TelltaleServer;
import io.telltale.server.trial.Reckoning;
import io.telltale.server.trial.SimulatedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Ends in three ways, with the same account: the duration is over, Ctrl-C, SIGTERM.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Run everything: ClickHouse, the server and a simulated fleet with faults. Ctrl-C ends it with a ledger.")
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--devices", paramLabel = "N", defaultValue = "1000", description = "Simulated devices (1000).")
    private int devices;

    @Option(
            names = "--rate",
            paramLabel = "MSG_PER_S",
            description = "Messages a second of all devices together (one a second each).")
    private @Nullable Double rate;

    @Option(
            names = "--duration",
            paramLabel = "T",
            converter = Times.class,
            description = "How long the devices send, e.g. 60s (until Ctrl-C).")
    private @Nullable Duration duration;

    @Option(names = "--data-dir", paramLabel = "D", description = "Where the data goes (data).")
    private @Nullable Path dataDir;

    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Override
    public Integer call() throws InterruptedException, IOException {
        var defaults = dataDir == null ? List.<String>of() : List.of("telltale.data-dir=" + dataDir);
        var config = settings.load(defaults);
        var directory = Files.createTempDirectory("telltale-demo");
        var ledger = directory.resolve("ledger.json");
        var ending = Ending.onSignal();
        int code = ExitCode.SOFTWARE;
        try {
            code = run(config, ledger, ending);
            return code;
        } finally {
            Files.deleteIfExists(ledger);
            Files.deleteIfExists(directory);
            ending.reached(code);
        }
    }

    private int run(Config config, Path ledger, Ending ending) throws InterruptedException {
        try (var server = TelltaleServer.start(ServerSettings.from(config))) {
            System.out.println(server.addresses());
            var home = Path.of(config.getString("telltale.home"));
            var fleet = SimulatedFleet.start(home, server.mqttPort(), ledger, fleetOptions());
            ending.stopsBy(fleet::stop);
            return settle(server, fleet);
        }
    }

    private static int settle(TelltaleServer server, SimulatedFleet fleet) throws InterruptedException {
        var ledger = fleet.await();
        var reckoning = Reckoning.of(ledger, server);
        System.out.println(reckoning.lines());
        return reckoning.lost() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<String> fleetOptions() {
        var options = new ArrayList<>(
                List.of("--devices=" + devices, "--rate=" + (rate == null ? (double) devices : rate), "--faults"));
        if (duration != null) {
            options.add("--duration=" + duration.toMillis() + "ms");
        }
        return options;
    }
}
