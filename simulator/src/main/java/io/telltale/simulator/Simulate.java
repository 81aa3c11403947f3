package io.telltale.simulator;

import io.telltale.simulator.device.PayloadKind;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.fault.LabelFile;
import io.telltale.simulator.fleet.Ending;
import io.telltale.simulator.fleet.FleetOptions;
import io.telltale.simulator.fleet.FleetRun;
import io.telltale.simulator.report.LedgerFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `simulate`. Exit code 0 when everything sent was acked, 1 when not, 2 for wrong use or a server that
/// was never there.
@Command(
        name = "simulate",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Runs a fleet of MQTT devices, measures what their server does with them, and keeps a ledger of"
                + " what was sent and acked.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything sent was acked",
            "1:something sent was not acked",
            "2:wrong use, or no server there"
        })
public final class Simulate implements Callable<Integer> {
    private static final int EVERYTHING_ACKED = 0;
    private static final int SOMETHING_UNACKED = 1;
    private static final int REFUSED = 2;

    @Option(names = "--host", description = "MQTT server (${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "its port (${DEFAULT-VALUE})")
    private int port = 1883;

    @Option(names = "--devices", description = "how many, each with its own connection (${DEFAULT-VALUE})")
    private int devices = 100;

    @Option(names = "--first", description = "number of the first device (${DEFAULT-VALUE})")
    private int first = 1;

    @Option(names = "--rate", description = "messages per second of all devices together (${DEFAULT-VALUE})")
    private double rate = 100;

    @Option(names = "--duration", description = "how long to send, e.g. 30s, 5m, 1h30m (until stopped)")
    private Optional<Duration> duration = Optional.empty();

    @Option(names = "--seed", description = "the same seed gives the same values and faults (${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--payload", description = "what the devices are: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    private PayloadKind payload = PayloadKind.MIXED;

    @Option(names = "--qos", description = "0 or 1 (${DEFAULT-VALUE})")
    private int qos = 1;

    @Option(names = "--window", description = "unacked messages per connection (${DEFAULT-VALUE})")
    private int window = 64;

    @Option(names = "--faults", description = "inject faults into series, repeat messages, break payloads")
    private boolean hasFaults;

    @Option(
            names = "--fault-every",
            description = "messages between two faults of a device on average (${DEFAULT-VALUE})")
    private int faultEvery = 250;

    @Option(names = "--labels", paramLabel = "FILE", description = "write which fault was where and when: JSON lines")
    private Optional<Path> labels = Optional.empty();

    @Option(names = "--ledger", paramLabel = "FILE", description = "write the ledger with every device: JSON")
    private Optional<Path> ledger = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "write the ledger without the devices: JSON")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--drain", description = "how long to wait for the last acks (10s)")
    private Duration drain = Duration.ofSeconds(10);

    @Option(names = "--connect-timeout", description = "how long to wait for a server that is not there (10s)")
    private Duration connectTimeout = Duration.ofSeconds(10);

    @Option(names = "--leash", description = "stop when standard input ends")
    private boolean isOnLeash;

    @Option(names = "--quiet", description = "no progress and no summary")
    private boolean isQuiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this")
    @SuppressWarnings("UnusedVariable") // read by picocli, which then prints the help
    private boolean isHelpAsked;

    /// Takes `simulate` as its first argument, as the launcher passes it, or leaves it out.
    public static void main(String[] arguments) {
        boolean isNamed = arguments.length > 0 && arguments[0].equals("simulate");
        System.exit(commandLine().execute(isNamed ? withoutFirst(arguments) : arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Simulate())
                .setCommandName("telltale simulate")
                .registerConverter(Duration.class, Durations::parse);
    }

    @Override
    public Integer call() throws InterruptedException {
        FleetOptions options;
        try {
            options = options();
        } catch (IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
        try {
            if (labels.isEmpty()) {
                return run(options, label -> {});
            }
            try (var file = new LabelFile(labels.get())) {
                return run(options, file);
            }
        } catch (IOException e) {
            return refuse("cannot write " + e.getMessage());
        }
    }

    private FleetOptions options() {
        return new FleetOptions(
                host,
                port,
                first,
                devices,
                rate,
                duration,
                seed,
                payload,
                qos,
                window,
                hasFaults,
                faultEvery,
                labels,
                drain,
                connectTimeout);
    }

    private int run(FleetOptions options, Consumer<Label> labelled) throws IOException, InterruptedException {
        var run = FleetRun.start(options, labelled);
        var interrupt = Interrupt.stops(run::stop);
        if (isOnLeash) {
            Leash.hold(System.in, run::stop);
        }
        int code = SOMETHING_UNACKED;
        try {
            if (!isQuiet) {
                ProgressDisplay.show(run, options);
            }
            code = report(run.ending().get());
            return code;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the fleet failed", e.getCause());
        } finally {
            interrupt.ends(code);
        }
    }

    private int report(Ending ending) throws IOException {
        return switch (ending) {
            case Ending.Unreachable(var reason) ->
                refuse("no MQTT server at " + host + ":" + port + " within " + connectTimeout.toSeconds() + " s: "
                        + reason);
            case Ending.Finished(var report, var deviceIds, var telemetryAcked) -> {
                if (ledger.isPresent()) {
                    LedgerFile.write(ledger.get(), report, deviceIds, telemetryAcked);
                }
                if (json.isPresent()) {
                    LedgerFile.write(json.get(), report);
                }
                if (!isQuiet) {
                    System.out.print(report.summary());
                }
                yield report.unacked() == 0 ? EVERYTHING_ACKED : SOMETHING_UNACKED;
            }
        };
    }

    private static int refuse(String reason) {
        System.err.println("telltale simulate: " + reason);
        return REFUSED;
    }

    private static String[] withoutFirst(String[] arguments) {
        return Arrays.copyOfRange(arguments, 1, arguments.length);
    }
}
