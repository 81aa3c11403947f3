package io.telltale.devices.state;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.LateWindow;
import io.telltale.analytics.model.Outcome.Counts;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.window.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// One application of one inbound element, and what it has led to so far.
final class Turn {
    final long nowMillis;
    final List<Rollup> rollups = new ArrayList<>(0);
    final List<Anomaly> anomalies = new ArrayList<>(0);

    // Once a turn instead of once a point.
    final Consumer<Rollup> closed = rollups::add;
    final Consumer<Anomaly> found = this::find;

    private List<Anomaly> findings = List.of(); // likewise of its own only when there is something

    private Set<Stretch> uncounted = Set.of(); // of its own only when there is something: most turns leave nothing

    /// Where a window of the greatest width begins, in the series of one metric.
    private record Stretch(String metric, long startMillis) {}

    private int duplicates;
    private int corrections;
    private int late;

    Turn(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    void takeOver(List<Rollup> earlierRollups, List<Anomaly> earlierAnomalies) {
        rollups.addAll(earlierRollups);
        anomalies.addAll(earlierAnomalies);
    }

    void count(Verdict verdict) {
        switch (verdict) {
            case FRESH -> {}
            case DUPLICATE -> duplicates++;
            case CORRECTION -> corrections++;
            case LATE -> late++;
        }
    }

    private void find(Anomaly anomaly) {
        if (findings.isEmpty()) {
            findings = new ArrayList<>();
        }
        findings.add(anomaly);
    }

    /// No more is found in this turn.
    void conclude(Metrics metrics) {
        anomalies.addAll(Joint.of(findings, metrics));
        findings = List.of();
    }

    /// The point is stored, and no window of ours has it.
    void leaveUncounted(Point point, long widthMillis) {
        if (uncounted.isEmpty()) {
            uncounted = new LinkedHashSet<>();
        }
        uncounted.add(new Stretch(point.metric(), Math.floorDiv(point.eventTimeMillis(), widthMillis) * widthMillis));
    }

    List<LateWindow> uncounted(DeviceId device, long widthMillis, long watermarkMillis) {
        if (uncounted.isEmpty()) {
            return List.of();
        }
        var windows = new ArrayList<LateWindow>(uncounted.size());
        for (Stretch stretch : uncounted) {
            var series = new SeriesKey(device, stretch.metric());
            windows.add(new LateWindow(series, widthMillis, stretch.startMillis(), watermarkMillis));
        }
        return windows;
    }

    /// A point that was counted before, or one that the watermark has left behind since.
    boolean sawRedelivery() {
        return duplicates + late > 0;
    }

    Counts counts() {
        return duplicates + corrections + late == 0 ? Counts.NONE : new Counts(duplicates, corrections, late);
    }
}
