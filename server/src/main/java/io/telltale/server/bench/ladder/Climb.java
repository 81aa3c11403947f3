package io.telltale.server.bench.ladder;

import io.telltale.server.Refusal;
import io.telltale.server.trial.FleetLedger;
import io.telltale.server.trial.ProcessSampler;
import io.telltale.server.trial.SimulatedFleet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// One contender on its ladder.
public final class Climb {
    private static final long LOOK_MILLIS = 50;
    private static final long BEHIND_MILLIS = 2_000;
    /// So far behind there is no point in going on.
    private static final long HOPELESS_MILLIS = 5_000;

    private static final Duration SETTLED = Duration.ofSeconds(5);
    private static final double ALL_BUT_THE_EDGES = 0.98;
    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final Duration TASTE = Duration.ofSeconds(1);

    private final Contender contender;
    private final int devices;
    private final Duration rung;
    private final Path home;
    private final Path directory;
    private final Clock clock = Clock.systemUTC();
    private int fleets;

    /// @param rung how long each rate lasts
    public Climb(Contender contender, int devices, Duration rung, Path home, Path directory) {
        this.contender = contender;
        this.devices = devices;
        this.rung = rung;
        this.home = home;
        this.directory = directory;
    }

    public List<Rung> run(Ladder ladder) throws InterruptedException {
        double first = ladder.next().orElseThrow();
        awaitReady(first / 2);
        warmUp(first, rung);
        var rungs = new ArrayList<Rung>();
        for (var rate = ladder.next(); rate.isPresent(); rate = ladder.next()) {
            var climbed = climb(rate.getAsDouble());
            rungs.add(climbed);
            System.err.printf("  %,.0f/s: %s%n", rate.getAsDouble(), climbed.kept() ? "kept" : "not kept");
            ladder.climbed(rate.getAsDouble(), climbed.kept());
        }
        return rungs;
    }

    /// A program may take a while to start, and forgets what comes before it has subscribed.
    private void awaitReady(double rate) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + STARTING.toNanos();
        while (contender.stored() == 0) {
            if (System.nanoTime() > deadlineNanos) {
                throw new Refusal("nothing of what was sent was stored; its last words: " + contender.lastWords());
            }
            warmUp(rate, TASTE);
        }
    }

    /// How much arrives does not matter, but that nothing more does.
    private void warmUp(double rate, Duration duration) throws InterruptedException {
        try (var fleet = fleet(rate, duration)) {
            fleet.await();
        }
        settle(0, Long.MAX_VALUE, new StoredCurve(), TASTE);
    }

    private Rung climb(double rate) throws InterruptedException {
        long before = contender.stored();
        var curve = new StoredCurve();
        var processes = new ProcessSampler();
        var ledger = send(rate, before, curve, processes);
        long stored = settle(before, ledger.acked(), curve, SETTLED);
        return rung(rate, ledger, stored, curve, processes);
    }

    private FleetLedger send(double rate, long before, StoredCurve curve, ProcessSampler processes)
            throws InterruptedException {
        try (processes;
                var fleet = fleet(rate, rung)) {
            contender.processes().forEach(processes::watch);
            processes.watch("generator", fleet.pid());
            watch(fleet, rate, before, curve);
            return fleet.await();
        }
    }

    private void watch(SimulatedFleet fleet, double rate, long before, StoredCurve curve) throws InterruptedException {
        long firstSeenMillis = 0;
        while (fleet.isRunning()) {
            long stored = contender.stored() - before;
            long nowMillis = clock.millis();
            curve.look(nowMillis, stored);
            if (stored > 0 && firstSeenMillis == 0) {
                firstSeenMillis = nowMillis;
            }
            double dueMillis = Math.min(nowMillis - firstSeenMillis, rung.toMillis());
            if (firstSeenMillis > 0 && dueMillis - stored * 1000 / rate > HOPELESS_MILLIS) {
                fleet.stop();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /// Until all is stored, or nothing more comes.
    ///
    /// @return messages stored since `before`
    private long settle(long before, long acked, StoredCurve curve, Duration patience) throws InterruptedException {
        long stored = -1;
        long sinceMillis = clock.millis();
        while (true) {
            long now = contender.stored() - before;
            curve.look(clock.millis(), now);
            if (now != stored) {
                stored = now;
                sinceMillis = clock.millis();
            }
            if (now >= acked || clock.millis() - sinceMillis > patience.toMillis()) {
                return now;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private Rung rung(double rate, FleetLedger ledger, long stored, StoredCurve curve, ProcessSampler processes) {
        double seconds = rung.toMillis() / 1000.0;
        long endMillis = ledger.startMillis() + rung.toMillis();
        boolean sentAll = ledger.sent() >= ALL_BUT_THE_EDGES * rate * seconds;
        boolean inTime = curve.whenStoredMillis(ledger.acked()).orElse(Long.MAX_VALUE) <= endMillis + BEHIND_MILLIS;
        var ages = curve.ages(ledger.startMillis(), rate, stored / 4, stored);
        boolean isFresh = ages.getOrDefault("p99", Double.MAX_VALUE) <= BEHIND_MILLIS;
        var resident = new TreeMap<String, Double>();
        contender
                .processes()
                .keySet()
                .forEach(part -> resident.put(part, processes.residentQuartersMib(List.of(part))[1]));
        return new Rung(
                rate,
                ledger.sent() / seconds,
                sentAll && inTime && isFresh && stored >= ledger.acked(),
                ledger.sent(),
                stored,
                Math.max(0, ledger.acked() - stored),
                ages,
                new TreeMap<>(ledger.ackMillis()),
                processes.busyCores(),
                resident);
    }

    private SimulatedFleet fleet(double rate, Duration duration) {
        return SimulatedFleet.start(
                home,
                contender.mqttPort(),
                directory.resolve("ledger-" + fleets++ + ".json"),
                List.of(
                        "--quiet",
                        "--devices=" + devices,
                        "--rate=" + rate,
                        "--duration=" + duration.toMillis() + "ms",
                        "--payload=smart-meter",
                        "--connect-timeout=60s",
                        "--drain=60s"));
    }
}
