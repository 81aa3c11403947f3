package io.telltale.devices;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.analytics.model.Outcome;

/// What is counted over all devices of this node.
final class DeviceMetrics {
    private final Counter points;
    private final Counter duplicates;
    private final Counter corrections;
    private final Counter late;
    private final Counter rollups;
    private final Counter anomalies;
    private final Counter passivations;
    private final Counter recoveries;
    private final Counter births;
    private final Counter recoveryFailures;
    private final Counter stashFull;

    DeviceMetrics(MeterRegistry registry, Roster roster) {
        registry.gauge("telltale.devices.active", roster, Roster::size);
        registry.gauge("telltale.devices.asleep", roster, Roster::asleep);
        points = registry.counter("telltale.devices.points");
        duplicates = registry.counter("telltale.devices.points.judged", "as", "duplicate");
        corrections = registry.counter("telltale.devices.points.judged", "as", "correction");
        late = registry.counter("telltale.devices.points.judged", "as", "late");
        rollups = registry.counter("telltale.devices.rollups");
        anomalies = registry.counter("telltale.devices.anomalies");
        passivations = registry.counter("telltale.devices.passivations");
        recoveries = registry.counter("telltale.devices.recoveries", "of", "known");
        births = registry.counter("telltale.devices.recoveries", "of", "new");
        recoveryFailures = registry.counter("telltale.devices.recovery.failures");
        stashFull = registry.counter("telltale.devices.stash.refused");
    }

    void count(Outcome.Processed outcome) {
        add(points, outcome.points().size());
        add(duplicates, outcome.counts().duplicates());
        add(corrections, outcome.counts().corrections());
        add(late, outcome.counts().late());
        add(rollups, outcome.rollups().size());
        add(anomalies, outcome.anomalies().size());
    }

    void passivated() {
        passivations.increment();
    }

    void recovered(boolean known) {
        (known ? recoveries : births).increment();
    }

    void recoveryFailed() {
        recoveryFailures.increment();
    }

    void stashFull() {
        stashFull.increment();
    }

    private static void add(Counter counter, int number) {
        if (number > 0) {
            counter.increment(number);
        }
    }
}
