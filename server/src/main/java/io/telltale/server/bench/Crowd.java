package io.telltale.server.bench;

import io.telltale.server.trial.ProcessSampler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Very many devices at once, each of which says something now and then: what one of them takes in memory, and how
/// long the fleet's overview does.
final class Crowd implements Trouble {
    private static final int LOOKS = 100;

    @Override
    public List<String> fleetOptions(Load load) {
        return BEHIND_GATEWAYS;
    }

    @Override
    public Map<String, Double> befall(Stage stage) throws IOException, InterruptedException {
        double empty = ProcessSampler.collectedHeapBytes();
        stage.fleet().await();
        var micros = new Histogram(3);
        for (int i = 0; i < LOOKS; i++) {
            long startNanos = System.nanoTime();
            stage.get("api/v1/overview");
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startNanos));
        }
        stage.processes().close();
        double full = ProcessSampler.collectedHeapBytes();
        var found = new TreeMap<String, Double>();
        found.put("activeDevices", stage.metric("telltale_devices_active"));
        found.put("heapBytesPerDevice", (full - empty) / stage.load().devices());
        found.put("overviewMillisP50", micros.getValueAtPercentile(50) / 1000.0);
        found.put("overviewMillisP99", micros.getValueAtPercentile(99) / 1000.0);
        return found;
    }
}
