package io.telltale.simulator;

import io.telltale.simulator.check.Checks;
import io.telltale.simulator.check.ServerApi;
import io.telltale.simulator.fleet.FleetRun;
import io.telltale.simulator.report.Limit;
import io.telltale.simulator.report.RunReport;
import io.telltale.simulator.scenario.Scenario;
import io.telltale.simulator.scenario.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What is asked of the server besides its acks, and what the run must keep to.
final class CheckOptions {
    private static final String PASSWORD_VARIABLE = "TELLTALE_SIMULATE_API_PASSWORD";
    private static final String UNKNOWN = "unknown: the server could not be asked";

    @Option(
            names = "--api",
            paramLabel = "URL",
            description =
                    "HTTP API of a Telltale server, e.g. http://127.0.0.1:8080: what is stored is compared with"
                            + " what was acked, anomalies with the labels, and latencies to the page and the store are measured")
    private Optional<String> api = Optional.empty();

    @Option(names = "--api-user", paramLabel = "NAME", description = "who asks there, if it wants to know")
    private Optional<String> apiUser = Optional.empty();

    @Option(
            names = "--api-password-file",
            paramLabel = "FILE",
            description = "file whose first line is the password there (what the environment variable "
                    + PASSWORD_VARIABLE + " holds)")
    private Optional<Path> apiPasswordFile = Optional.empty();

    @Option(names = "--subscribe", description = "measure from publish to an MQTT subscriber of the same server")
    private boolean isSubscribing;

    @Option(names = "--max-p99", paramLabel = "TIME", description = "fail when the p99 to the ack is longer")
    private Optional<Duration> maxP99 = Optional.empty();

    @Option(
            names = "--max-lost",
            paramLabel = "N",
            description = "fail when more acked messages are not stored (without --api: when more are unacked)")
    private Optional<Long> maxLost = Optional.empty();

    @Option(names = "--min-f1", paramLabel = "SHARE", description = "fail when detection scores less, 0 to 1")
    private Optional<Double> minF1 = Optional.empty();

    @Option(
            names = "--max-false-alarms",
            paramLabel = "N",
            description = "fail when more reports are false, for each device and day of its clock")
    private Optional<Double> maxFalseAlarms = Optional.empty();

    @Option(names = "--slack", description = "how long after a fault a report still finds it (10s)")
    private Duration slack = Duration.ofSeconds(10);

    @Option(names = "--settle", description = "how long to wait for the server to say no more (10s)")
    private Duration settle = Duration.ofSeconds(10);

    boolean needsLabels() {
        return api.isPresent();
    }

    /// @throws IllegalArgumentException if they cannot be, saying why
    void check(Scenario scenario) {
        serverApi().ifPresent(ServerApi::close);
        minF1.ifPresent(share -> {
            require(share >= 0 && share <= 1, "--min-f1: expected 0 to 1, got " + share);
            require(api.isPresent(), "--min-f1: expected --api with it, for the server's anomalies, got none");
            require(scenario.hasFaults(), "--min-f1: there is nothing to find without faults");
        });
        maxFalseAlarms.ifPresent(most -> {
            require(most >= 0, "--max-false-alarms: expected 0 or more, got " + most);
            require(
                    api.isPresent(),
                    "--max-false-alarms: expected --api with it, for the server's anomalies, got none");
        });
        maxLost.ifPresent(most -> require(most >= 0, "--max-lost: expected 0 or more, got " + most));
    }

    private Optional<ServerApi> serverApi() {
        var password = Secret.of("--api-password-file", apiPasswordFile, PASSWORD_VARIABLE, System.getenv());
        require(
                apiUser.isEmpty() || password.isPresent(),
                "--api-user: expected a password with it, by --api-password-file or " + PASSWORD_VARIABLE
                        + ", got none");
        var credentials = apiUser.map(user -> new ServerApi.Credentials(user, password.orElseThrow()));
        return api.map(address -> new ServerApi(address, credentials));
    }

    Checks begin(FleetRun run, Scenario scenario) {
        return new Checks(run, scenario, serverApi(), isSubscribing, slack, settle);
    }

    List<Limit> judged(RunReport report) {
        var limits = new ArrayList<Limit>();
        maxP99.ifPresent(most -> limits.add(new Limit(
                "p99 at most",
                most.toMillis() + " ms",
                "%.1f ms".formatted(report.latencyMillis().p99()),
                report.latencyMillis().p99() <= most.toNanos() / 1e6)));
        maxLost.ifPresent(most -> limits.add(lost(report, most)));
        minF1.ifPresent(least -> limits.add(new Limit(
                "F1 at least",
                String.valueOf(least),
                report.detection().map(found -> "%.3f".formatted(found.f1())).orElse(UNKNOWN),
                report.detection().filter(found -> found.f1() >= least).isPresent())));
        maxFalseAlarms.ifPresent(most -> limits.add(new Limit(
                "false alarms at most",
                most + " a device-day",
                report.detection()
                        .map(found -> "%.3f".formatted(found.falsePerDeviceDay()))
                        .orElse(UNKNOWN),
                report.detection()
                        .filter(found -> found.falsePerDeviceDay() <= most)
                        .isPresent())));
        return limits;
    }

    private Limit lost(RunReport report, long most) {
        if (api.isEmpty()) {
            long unacked = report.unacked() + report.refused();
            return new Limit("lost at most", String.valueOf(most), unacked + " unacked", unacked <= most);
        }
        return new Limit(
                "lost at most",
                String.valueOf(most),
                report.stored().map(stored -> String.valueOf(stored.lost())).orElse(UNKNOWN),
                report.stored().filter(stored -> stored.lost() <= most).isPresent());
    }

    private static void require(boolean holds, String refusal) {
        if (!holds) {
            throw new IllegalArgumentException(refusal);
        }
    }
}
