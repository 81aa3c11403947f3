package io.telltale.simulator;

import io.telltale.simulator.scenario.FaultSpec;
import io.telltale.simulator.scenario.Scenario;
import io.telltale.simulator.scenario.ScenarioException;
import io.telltale.simulator.scenario.ScenarioFile;
import io.telltale.simulator.scenario.Secret;
import io.telltale.simulator.scenario.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What is to be run, and against whom: a scenario, and what the command line says otherwise.
final class ScenarioOptions {
    private static final String PASSWORD_VARIABLE = "TELLTALE_SIMULATE_PASSWORD";
    private static final int USUAL_DEVICES = 100;
    private static final double USUAL_RATE = 100;

    @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "the same as --scenario")
    private Optional<String> positional = Optional.empty();

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "what the devices are and do: a file, or the name of one that comes along")
    private Optional<String> named = Optional.empty();

    @Option(names = "--host", description = "MQTT server (127.0.0.1)")
    private Optional<String> host = Optional.empty();

    @Option(names = "--port", description = "its port (1883)")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--user", description = "of each connection; {device} in it is the client id")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "file whose first line is the password of each connection (what the environment variable "
                    + PASSWORD_VARIABLE + " holds)")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(names = "--password", hidden = true)
    private Optional<String> openPassword = Optional.empty();

    @Option(names = "--tls", description = "encrypt connections")
    private boolean isEncrypted;

    @Option(names = "--trust", paramLabel = "FILE", description = "PEM certificates to trust (those of Java)")
    private Optional<Path> trust = Optional.empty();

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "PEM certificate to show to servers that ask for one")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--key", paramLabel = "FILE", description = "PEM private key of --certificate, not encrypted")
    private Optional<Path> key = Optional.empty();

    @Option(names = "--any-certificate", description = "trust every server")
    private boolean isAnyTrusted;

    @Option(names = "--devices", description = "how many (those of the scenario, else " + USUAL_DEVICES + ")")
    private Optional<Integer> devices = Optional.empty();

    @Option(names = "--first", description = "number of the first device (${DEFAULT-VALUE})")
    private int first = 1;

    @Option(
            names = "--rate",
            description = "messages per second of all devices together (that of the scenario, else 100)")
    private Optional<Double> rate = Optional.empty();

    @Option(
            names = "--duration",
            description = "how long to send, e.g. 30s, 5m, 1h30m (that of the scenario, else until stopped)")
    private Optional<Duration> duration = Optional.empty();

    @Option(
            names = "--warm-up",
            description = "the first part of the duration, whose latencies the report keeps apart as a stage")
    private Optional<Duration> warmUp = Optional.empty();

    @Option(
            names = "--seed",
            description = "the same seed gives the same values and faults (that of the scenario, or 1)")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--payload",
            description = "without a scenario, what the devices are: mixed, smart-meter (${DEFAULT-VALUE})")
    private String payload = "mixed";

    @Option(
            names = "--replay",
            paramLabel = "PATH",
            description = "send again what a CSV file, or each of those below a directory, has: a device for each file")
    private Optional<Path> replay = Optional.empty();

    @Option(
            names = "--replay-labels",
            paramLabel = "FILE",
            description = "JSON: what is an anomaly in which file, {\"name.csv\": [[first, last], ...]}")
    private Optional<Path> replayLabels = Optional.empty();

    @Option(names = "--speed", description = "seconds of the devices' time, or of a recording's, that pass in one (1)")
    private Optional<Double> speed = Optional.empty();

    @Option(names = "--qos", description = "0 or 1 (that of the scenario, else 1)")
    private Optional<Integer> qos = Optional.empty();

    @Option(names = "--window", description = "unacked messages per connection (that of the scenario, else 64)")
    private Optional<Integer> window = Optional.empty();

    @Option(
            names = "--devices-per-connection",
            description = "how many share one, as behind a gateway (that of the scenario, else 1)")
    private Optional<Integer> devicesPerConnection = Optional.empty();

    @Option(names = "--faults", description = "inject faults into series, repeat messages, break payloads")
    private boolean hasFaults;

    @Option(
            names = "--fault-every",
            description = "messages between two faults of a device on average (that of the scenario, else 250)")
    private Optional<Integer> faultEvery = Optional.empty();

    int first() {
        return first;
    }

    /// @throws IllegalArgumentException if it cannot be, saying why
    Scenario scenario() {
        var scenario = chosen();
        scenario = scenario.withServer(server(scenario.server())).withSeed(seed.orElse(scenario.seed()));
        scenario = duration.map(scenario::lasting).orElse(scenario);
        scenario = warmUp.map(scenario::warmingUp).orElse(scenario);
        scenario =
                replay.isPresent() ? scenario : speed.map(scenario::withSpeed).orElse(scenario);
        return scenario.withTypes(scenario.types().stream()
                .map(type -> type.with(type.link().with(qos, window, devicesPerConnection)))
                .map(type -> hasFaults && type.faults().isEmpty() ? type.with(FaultSpec.usual()) : type)
                .map(type -> faultEvery.isPresent() && type.faults().isPresent()
                        ? type.with(type.faults().get().withEvery(faultEvery.get()))
                        : type)
                .toList());
    }

    private Scenario chosen() {
        if (positional.isPresent() && named.isPresent()) {
            throw new ScenarioException(
                    "--scenario: expected one scenario, got " + named.get() + " and " + positional.get());
        }
        var asked = named.or(() -> positional);
        if (replay.isPresent()) {
            if (asked.isPresent()) {
                throw new ScenarioException("--replay: expected a scenario or a replay, got both");
            }
            return Scenario.replay(replay.get(), replayLabels, speed.orElse(1.0))
                    .resized(devices, rate);
        }
        return asked.isPresent()
                ? ScenarioFile.load(asked.get()).resized(devices, rate)
                : ScenarioFile.load(payload)
                        .resized(devices.or(() -> Optional.of(USUAL_DEVICES)), rate.or(() -> Optional.of(USUAL_RATE)));
    }

    private Server server(Server ofScenario) {
        if (openPassword.isPresent()) {
            throw new IllegalArgumentException("--password: a command line is seen by everybody on the machine:"
                    + " expected --password-file, or the environment variable " + PASSWORD_VARIABLE);
        }
        var password = Secret.of("--password-file", passwordFile, PASSWORD_VARIABLE, System.getenv());
        return new Server(
                host.orElse(ofScenario.host()),
                port.orElse(ofScenario.port()),
                user.or(ofScenario::user),
                password.or(ofScenario::password),
                tls().or(ofScenario::tls),
                ofScenario.sources(),
                ofScenario.connectsAtATime());
    }

    private Optional<Server.Tls> tls() {
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("--certificate: expected it with --key, got one of the two");
        }
        var own = certificate.map(chain -> new Server.Certificate(chain, key.orElseThrow()));
        return isEncrypted || isAnyTrusted || trust.isPresent() || own.isPresent()
                ? Optional.of(new Server.Tls(trust, isAnyTrusted, own))
                : Optional.empty();
    }
}
