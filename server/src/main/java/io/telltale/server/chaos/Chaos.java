package io.telltale.server.chaos;

import io.telltale.server.Refusal;
import io.telltale.server.ServerSettings;
import io.telltale.server.chaos.fleet.Fleet;
import io.telltale.server.chaos.fleet.MqttConnection;
import io.telltale.server.chaos.oracle.Oracle;
import io.telltale.server.chaos.oracle.Store;
import io.telltale.server.chaos.oracle.Verdict;
import io.telltale.server.settings.SettingSources;
import io.telltale.server.trial.Broker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One run: a server in a process of its own, brokers beside it, a bad network between, a fleet that knows what it
/// said. While the fleet speaks, the plan is carried out. When all is acked, the server is killed once more, before
/// it can have closed the last windows; then the store must come to say what the oracle says.
public final class Chaos implements AutoCloseable {
    private static final Duration STARTING = Duration.ofMinutes(2);
    private static final Duration ACKING = Duration.ofMinutes(3);
    private static final Duration SETTLING = Duration.ofMinutes(8);
    private static final Duration ENGINE_COMING = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 50;
    private static final int REFUSED = 2;

    /// Outages make event time move on without the points; none shall be late unless it is meant to be. Silence is
    /// noticed sooner than usual, so that a run ends sooner.
    private static final List<String> SETTINGS = List.of(
            "telltale.devices.allowed-lateness=3 m",
            "telltale.devices.silence-grace=5 s",
            "telltale.devices.sweep-resumes-after=5 s");

    private final ChaosOptions options;
    private final List<Broker> brokers;
    private final Consumer<String> out;
    private final ServerProcess server;
    private final List<Relay> relays = new ArrayList<>();
    private final Oracle oracle;
    private final Fleets fleets;
    private final Map<String, Long> blows = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long startNanos = System.nanoTime();
    private boolean storeKilledSinceStart;

    private interface Fleets {
        Fleet start();
    }

    /// @param directory for all that is written
    /// @param brokers to go through beside the listener
    /// @param out where to tell what is done
    public Chaos(ChaosOptions options, Path directory, List<Broker> brokers, Consumer<String> out) throws IOException {
        this.options = options;
        this.brokers = List.copyOf(brokers);
        this.out = out;
        var sets = Stream.concat(SETTINGS.stream(), options.sets().stream()).toList();
        for (var broker : brokers) {
            relays.add(new Relay(broker.port()));
        }
        var addresses = relays.stream()
                .map(relay -> "\"tcp://127.0.0.1:" + relay.port() + "\"")
                .toList();
        server = new ServerProcess(
                options.home(),
                directory,
                Stream.concat(Stream.of("telltale.gateway.brokers=" + addresses), sets.stream())
                        .toList());
        relays.addFirst(new Relay(server.mqttPort()));
        var scripts = Fleet.scripts(
                options.seed(), options.devices(), options.messages(), options.duration(), options.lateBy());
        oracle = new Oracle(scripts, widths(sets));
        fleets = () -> new Fleet(
                options.seed(), scripts, relays.stream().map(Relay::port).toList(), options.duration());
    }

    private static List<Duration> widths(List<String> sets) {
        var config = new SettingSources().load(Optional.empty(), sets, Map.of());
        return ServerSettings.from(config).devices().rules().windows().widths();
    }

    public ChaosReport run() throws IOException, InterruptedException {
        startServer();
        awaitReady();
        try (var store = new Store(server.storePort(), server.dataDirectory())) {
            awaitLanes(store);
            return run(store);
        }
    }

    private ChaosReport run(Store store) throws IOException, InterruptedException {
        startNanos = System.nanoTime();
        try (var fleet = fleets.start()) {
            for (var blow : ChaosPlan.of(options.seed(), options.duration(), options.kills())
                    .disturbances()) {
                awaitTime(blow.atMillis());
                deal(blow, fleet);
            }
            tell("waiting for the last acks");
            if (!awaitAcked(fleet)) {
                faults.add("not everything was acked within " + ACKING);
            }
            tell("all acked; the last kill -9 of the server");
            server.kill();
            startServer();
            awaitReady();
            return report(fleet, settle(store));
        }
    }

    private void deal(Disturbance blow, Fleet fleet) throws IOException, InterruptedException {
        var name = name(blow);
        tell(name);
        blows.merge(name, 1L, Long::sum);
        switch (blow.kind()) {
            case KILL_SERVER -> {
                server.kill();
                fleet.watch(0).disturbed();
                TimeUnit.MILLISECONDS.sleep(blow.forMillis());
                startServer();
            }
            case RESTART_SERVER -> {
                if (!server.stop()) {
                    faults.add("the server did not stop in good order in time");
                }
                fleet.watch(0).disturbed();
                TimeUnit.MILLISECONDS.sleep(blow.forMillis());
                startServer();
            }
            case KILL_STORE -> {
                var engine = awaitEngine();
                storeKilledSinceStart = true;
                engine.ifPresent(ProcessHandle::destroyForcibly);
                engine.ifPresent(_ -> fleet.watch(0).disturbed());
            }
            case RESTART_BROKER -> {
                if (!brokers.isEmpty()) {
                    int which = blow.which() % brokers.size();
                    brokers.get(which).restart();
                    fleet.watch(which + 1).disturbed();
                }
            }
            case PAUSE_SERVER -> pause(server.handle(), blow.forMillis());
            case PAUSE_STORE -> awaitEngine().ifPresent(engine -> pause(engine, blow.forMillis()));
            case CUT -> relays.get(blow.which() % relays.size()).cut();
            case SLOW -> relays.get(blow.which() % relays.size()).slow(blow.forMillis());
        }
    }

    private String name(Disturbance blow) {
        return blow.kind() == Disturbance.Kind.RESTART_BROKER && !brokers.isEmpty()
                ? blow.kind() + " ("
                        + brokers.get(blow.which() % brokers.size()).name() + ")"
                : blow.kind().toString();
    }

    /// By a process of its own, which ends the pause even if we are no more.
    private static void pause(ProcessHandle process, long millis) {
        try {
            new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "kill -STOP $0; sleep $1; kill -CONT $0",
                            Long.toString(process.pid()),
                            Double.toString(millis / 1000.0))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A server that was only just started has none yet.
    private Optional<ProcessHandle> awaitEngine() throws InterruptedException {
        long deadlineNanos = System.nanoTime() + ENGINE_COMING.toNanos();
        var engine = server.engine();
        while (engine.isEmpty() && System.nanoTime() < deadlineNanos) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            engine = server.engine();
        }
        return engine;
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + STARTING.toNanos();
        while (!server.isReady()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new Refusal("the server was not ready after " + STARTING + ": see " + server.log());
            }
            lookAfterServer();
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /// A broker keeps nothing for a lane that never was there.
    private void awaitLanes(Store store) throws IOException, InterruptedException {
        for (var relay : relays) {
            var greeter = "chaos-greeter-" + relay.port();
            while (!store.knows(greeter)) {
                MqttConnection.greet(relay.port(), greeter);
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    private void awaitTime(long millis) throws IOException, InterruptedException {
        long dueNanos = startNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (dueNanos - System.nanoTime() > 0) {
            lookAfterServer();
            TimeUnit.NANOSECONDS.sleep(
                    Math.min(dueNanos - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS)));
        }
    }

    private boolean awaitAcked(Fleet fleet) throws IOException, InterruptedException {
        awaitTime(options.duration().toMillis());
        long deadlineNanos = System.nanoTime() + ACKING.toNanos();
        while (System.nanoTime() < deadlineNanos) {
            lookAfterServer();
            if (fleet.awaitAcked(Duration.ofMillis(POLL_MILLIS))) {
                return true;
            }
        }
        return false;
    }

    private void startServer() throws IOException {
        storeKilledSinceStart = false;
        server.start();
    }

    /// One that ends by itself is a fault, and is started again so that the rest can still be seen. But it may refuse
    /// to start while we kill its ClickHouse.
    private void lookAfterServer() throws IOException {
        var code = server.fault();
        if (code.isPresent()) {
            var what = "the server ended by itself with exit code %d: see %s".formatted(code.get(), server.log());
            tell(what);
            if (code.get() != REFUSED || !storeKilledSinceStart) {
                faults.add("%.1f s: %s".formatted(secondsSinceStart(), what));
            }
            startServer();
        }
    }

    private Verdict settle(Store store) throws InterruptedException, IOException {
        tell("comparing");
        long deadlineNanos = System.nanoTime() + SETTLING.toNanos();
        var verdict = oracle.compare(store);
        while (!verdict.isGood() && System.nanoTime() < deadlineNanos) {
            lookAfterServer();
            TimeUnit.SECONDS.sleep(1);
            verdict = oracle.compare(store);
        }
        return verdict;
    }

    private ChaosReport report(Fleet fleet, Verdict verdict) {
        var watches = IntStream.range(0, relays.size()).mapToObj(fleet::watch).toList();
        return new ChaosReport(
                fleet.account(),
                verdict,
                blows,
                watches.stream()
                        .map(watch -> watch.longestOutage())
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO),
                watches.stream().flatMap(watch -> watch.recoveries().stream()).toList(),
                faults);
    }

    private void tell(String what) {
        out.accept("%8.1f s  %s".formatted(secondsSinceStart(), what));
    }

    private double secondsSinceStart() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var relay : relays) {
            relay.close();
        }
    }
}
