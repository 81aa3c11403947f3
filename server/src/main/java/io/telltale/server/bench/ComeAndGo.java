package io.telltale.server.bench;

import io.telltale.server.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Every device says one thing and falls silent until its actor is stopped (passivation); then all speak once more
/// and are brought back from the store (rehydration).
final class ComeAndGo implements Trouble {
    /// Five times what a device needs at most to be gone: its window of a minute, the allowed lateness of
    /// half a minute and the silence grace of a quarter, and then the sweep's next look.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// How many are still there.
    @FunctionalInterface
    interface Gauge {
        double read() throws IOException, InterruptedException;
    }

    @Override
    public List<String> fleetOptions(Load load) {
        return BEHIND_GATEWAYS;
    }

    /// So that nobody waits an hour for a window to close.
    @Override
    public List<String> settings() {
        return List.of(
                "telltale.devices.windows=[10 s, 1 m]",
                "telltale.devices.stale-after=20s",
                "telltale.devices.offline-after=30s",
                "telltale.devices.passivate-after=40s");
    }

    @Override
    public Map<String, Double> befall(Stage stage) throws IOException, InterruptedException {
        stage.fleet().await();
        var found = new TreeMap<String, Double>();
        found.put(
                "fastestPassivationsPerSecond",
                fastestUntilAllAreGone(() -> stage.metric("telltale_devices_active"), LONGEST));
        double before = stage.metric("telltale_devices_recoveries_total{of=\"known\"}");
        var back = stage.send(stage.load(), BEHIND_GATEWAYS).await();
        found.put("rehydrated", stage.metric("telltale_devices_recoveries_total{of=\"known\"}") - before);
        found.put("rehydrationsPerSecond", back.messagesPerSecond());
        found.put("rehydrationAckMillisP50", back.ackMillis().getOrDefault("p50", 0.0));
        found.put("rehydrationAckMillisP99", back.ackMillis().getOrDefault("p99", 0.0));
        return found;
    }

    /// @return the most that went in one second
    /// @throws Refusal if some are there after the longest time
    static double fastestUntilAllAreGone(Gauge active, Duration longest) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + longest.toNanos();
        double fastest = 0;
        double left = active.read();
        while (left > 0) {
            long startNanos = System.nanoTime();
            if (startNanos >= deadlineNanos) {
                throw new Refusal("%.0f devices were still active %s after all fell silent".formatted(left, longest));
            }
            TimeUnit.SECONDS.sleep(1);
            double before = left;
            left = active.read();
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            fastest = Math.max(fastest, (before - left) / seconds);
        }
        return fastest;
    }
}
