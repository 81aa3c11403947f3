package io.telltale.storage.repair;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.storage.repair.ToDoList.Pending;
import java.time.InstantSource;

final class RepairMetrics {
    private final Counter windows;
    private final Counter rounds;
    private final Counter failures;
    private final Counter expired;
    private volatile Pending pending = new Pending(0, 0);

    RepairMetrics(MeterRegistry registry, InstantSource clock) {
        windows = Counter.builder("telltale.storage.repair.windows")
                .description("Rollups rewritten from their points")
                .register(registry);
        rounds = registry.counter("telltale.storage.repair.rounds");
        failures = registry.counter("telltale.storage.repair.failures");
        expired = Counter.builder("telltale.storage.repair.expired")
                .description("Late windows whose points may have been thrown away by age already: left as they are")
                .register(registry);
        Gauge.builder("telltale.storage.repair.pending", this, metrics -> metrics.pending.windows())
                .description("Late windows to be repaired, or looked at once more after their repair")
                .register(registry);
        Gauge.builder("telltale.storage.repair.oldest.seconds", this, metrics -> metrics.oldestSeconds(clock))
                .description("How long the oldest of the pending late windows has waited")
                .register(registry);
    }

    private double oldestSeconds(InstantSource clock) {
        return pending.windows() == 0 ? 0 : (clock.millis() - pending.oldestMillis()) / 1000.0;
    }

    void round(Pending left, int rewritten) {
        pending = left;
        rounds.increment();
        windows.increment(rewritten);
    }

    void failed() {
        failures.increment();
    }

    void expired(int number) {
        expired.increment(number);
    }
}
