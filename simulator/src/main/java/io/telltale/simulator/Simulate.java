package io.telltale.simulator;

import io.telltale.simulator.check.Checks;
import io.telltale.simulator.fault.LabelFile;
import io.telltale.simulator.fleet.Ending;
import io.telltale.simulator.fleet.FleetRun;
import io.telltale.simulator.fleet.RunOptions;
import io.telltale.simulator.html.HtmlReport;
import io.telltale.simulator.report.ReportFile;
import io.telltale.simulator.report.RunReport;
import io.telltale.simulator.report.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `simulate`. Exit code 0 when everything sent was acked, 1 when not, 2 for wrong use or a server
/// that was never there.
@Command(
        name = "simulate",
        subcommands = {CompareCommand.class, MergeCommand.class},
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Runs a fleet of MQTT devices, measures what their server does with them, and keeps a ledger of"
                + " what was sent and acked.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything sent was acked, and every limit kept",
            "1:something sent was not acked, the server was gone, or a limit was missed",
            "2:wrong use, or no server there"
        })
public final class Simulate implements Callable<Integer> {
    private static final int EVERYTHING_KEPT = 0;
    private static final int SOMETHING_MISSED = 1;
    private static final int REFUSED = 2;

    @Mixin
    private ScenarioOptions what = new ScenarioOptions();

    @Mixin
    private CheckOptions checks = new CheckOptions();

    @Option(names = "--threads", description = "event loops that the connections are spread over (${DEFAULT-VALUE})")
    private int threads = 1;

    @Option(names = "--labels", paramLabel = "FILE", description = "write which fault was where and when: JSON lines")
    private Optional<Path> labels = Optional.empty();

    @Option(names = "--ledger", paramLabel = "FILE", description = "write the ledger with every device: JSON")
    private Optional<Path> ledger = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "write the ledger without the devices: JSON")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--report", paramLabel = "FILE", description = "write a page with plots: HTML")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--drain", description = "how long to wait for the last acks (10s)")
    private Duration drain = Duration.ofSeconds(10);

    @Option(names = "--connect-timeout", description = "how long to wait for a server that is not there (10s)")
    private Duration connectTimeout = Duration.ofSeconds(10);

    @Option(names = "--give-up", description = "end when no connection has stood for so long (never)")
    private Optional<Duration> giveUp = Optional.empty();

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
        RunOptions options;
        try {
            options = options();
        } catch (IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()));
        }
        try {
            return run(options);
        } catch (IOException e) {
            return refuse("cannot write " + e.getMessage());
        }
    }

    private RunOptions options() {
        var scenario = what.scenario();
        if (labels.isPresent() && !scenario.hasFaults()) {
            throw new IllegalArgumentException("--labels: there is nothing to label without --faults");
        }
        checks.check(scenario);
        boolean keepsLabels = labels.isPresent() || checks.needsLabels();
        return new RunOptions(scenario, what.first(), threads, keepsLabels, drain, connectTimeout, giveUp);
    }

    private int run(RunOptions options) throws IOException, InterruptedException {
        var run = FleetRun.of(options);
        var interrupt = Interrupt.stops(run::stop);
        if (isOnLeash) {
            Leash.hold(System.in, run::stop);
        }
        int code = SOMETHING_MISSED;
        // Whoever listens does so before the first message.
        try (var observed = checks.begin(run, options.scenario())) {
            run.begin();
            if (!isQuiet) {
                ProgressDisplay.show(run, options.scenario(), observed);
            }
            code = report(run, run.ending().get(), observed, options);
            return code;
        } catch (IllegalStateException e) {
            run.stop();
            code = refuse(String.valueOf(e.getMessage()));
            return code;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the fleet failed", e.getCause());
        } finally {
            interrupt.ends(code);
        }
    }

    private int report(FleetRun run, Ending ending, Checks observed, RunOptions options)
            throws IOException, InterruptedException {
        return switch (ending) {
            case Ending.Unreachable(var reason) -> {
                var server = options.scenario().server();
                yield refuse("no MQTT server at " + server.host() + ":" + server.port() + " within "
                        + connectTimeout.toSeconds() + " s: " + reason);
            }
            case Ending.Finished finished -> report(run, finished, observed);
        };
    }

    private int report(FleetRun run, Ending.Finished finished, Checks observed)
            throws IOException, InterruptedException {
        var report = completed(finished.report().withFaults(faults(run)), finished, observed);
        report = report.withLimits(checks.judged(report));
        if (ledger.isPresent()) {
            ReportFile.write(ledger.get(), report.withDevices(observed.accounts(finished)));
        }
        if (json.isPresent()) {
            ReportFile.write(json.get(), report);
        }
        if (html.isPresent()) {
            HtmlReport.write(html.get(), report.withDevices(observed.accounts(finished)));
        }
        if (labels.isPresent()) {
            LabelFile.write(labels.get(), run.labels().inOrder());
        }
        if (!isQuiet) {
            System.out.print(Summary.of(report));
        }
        if (finished.hasGivenUp()) {
            System.err.println("telltale simulate: given up, the server was gone: no connection stood any more");
        }
        boolean isAllAcked = report.unacked() == 0 && report.refused() == 0 && !finished.hasGivenUp();
        return isAllAcked && report.isWithinLimits() ? EVERYTHING_KEPT : SOMETHING_MISSED;
    }

    /// A server that has died cannot be asked: then the report says what is known.
    private static RunReport completed(RunReport report, Ending.Finished finished, Checks observed)
            throws InterruptedException {
        try {
            return observed.complete(report, finished);
        } catch (IOException e) {
            System.err.println("telltale simulate: cannot ask the server: " + e);
            return report.with(observed.seen(), Optional.empty(), Optional.empty());
        }
    }

    private static Map<String, Long> faults(FleetRun run) {
        var counts = new LinkedHashMap<String, Long>();
        run.labels().counts().forEach((kind, count) -> counts.put(kind.name(), count));
        return counts;
    }

    private static int refuse(String reason) {
        System.err.println("telltale simulate: " + reason);
        return REFUSED;
    }

    private static String[] withoutFirst(String[] arguments) {
        return Arrays.copyOfRange(arguments, 1, arguments.length);
    }
}
