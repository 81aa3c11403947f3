package io.telltale.server.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Every device says one thing and falls silent until its actor is stopped (passivation); then all speak once more
/// and are brought back from the store (rehydration).
final class ComeAndGo implements Trouble {
    @Override
    public List<String> fleetOptions() {
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
        found.put("fastestPassivationsPerSecond", fastestUntilAllAreGone(stage));
        double before = stage.metric("telltale_devices_recoveries_total{of=\"known\"}");
        var back = stage.send(stage.load(), fleetOptions()).await();
        found.put("rehydrated", stage.metric("telltale_devices_recoveries_total{of=\"known\"}") - before);
        found.put("rehydrationsPerSecond", back.messagesPerSecond());
        found.put("rehydrationAckMillisP50", back.ackMillis().getOrDefault("p50", 0.0));
        found.put("rehydrationAckMillisP99", back.ackMillis().getOrDefault("p99", 0.0));
        return found;
    }

    private static double fastestUntilAllAreGone(Stage stage) throws IOException, InterruptedException {
        double fastest = 0;
        double active = stage.metric("telltale_devices_active");
        while (active > 0) {
            long startNanos = System.nanoTime();
            TimeUnit.SECONDS.sleep(1);
            double left = stage.metric("telltale_devices_active");
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            fastest = Math.max(fastest, (active - left) / seconds);
            active = left;
        }
        return fastest;
    }
}
