package io.telltale.devices.state;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.Outcome.Counts;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.window.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One application of one inbound element, and what it has led to so far.
final class Turn {
    final long nowMillis;
    final List<Rollup> rollups = new ArrayList<>(0);
    final List<Anomaly> anomalies = new ArrayList<>(0);

    // Once a turn instead of once a point.
    final Consumer<Rollup> closed = rollups::add;
    final Consumer<Anomaly> found = anomalies::add;

    private int duplicates;
    private int corrections;
    private int late;

    Turn(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    void takeOver(List<Rollup> earlierRollups, List<Anomaly> earlierAnomalies) {
        rollups.addAll(earlierRollups);
        anomalies.addAll(earlierAnomalies);
        earlierRollups.clear();
        earlierAnomalies.clear();
    }

    void count(Verdict verdict) {
        switch (verdict) {
            case FRESH -> {}
            case DUPLICATE -> duplicates++;
            case CORRECTION -> corrections++;
            case LATE -> late++;
        }
    }

    /// A point that was counted before, or one that the watermark has left behind since.
    boolean sawRedelivery() {
        return duplicates + late > 0;
    }

    Counts counts() {
        return duplicates + corrections + late == 0 ? Counts.NONE : new Counts(duplicates, corrections, late);
    }
}
