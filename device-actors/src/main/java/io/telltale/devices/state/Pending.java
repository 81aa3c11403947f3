package io.telltale.devices.state;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.Rollup;
import java.util.ArrayList;
import java.util.List;

/// Rollups, anomalies and snapshots that were handed out and are not yet known to be stored. Bounded by what the doors
/// hold in flight: a result only comes with a message, and a message waits until its results are stored.
final class Pending {
    /// The oldest first. Few, and mostly the oldest is confirmed.
    private final List<Parcel> parcels = new ArrayList<>(0);

    private long lastMark;

    private record Parcel(
            long mark, long sentMillis, List<Rollup> rollups, List<Anomaly> anomalies, boolean hasSnapshot) {}

    boolean isEmpty() {
        return parcels.isEmpty();
    }

    /// Adds to `rollups` and `anomalies` what was handed out before `sentBeforeMillis` and never confirmed.
    ///
    /// @return whether a snapshot was among it: a new one is to take its place
    boolean reclaim(long sentBeforeMillis, List<Rollup> rollups, List<Anomaly> anomalies) {
        boolean snapshotLost = false;
        int reclaimed = 0;
        for (; reclaimed < parcels.size() && parcels.get(reclaimed).sentMillis() < sentBeforeMillis; reclaimed++) {
            var parcel = parcels.get(reclaimed);
            rollups.addAll(parcel.rollups());
            anomalies.addAll(parcel.anomalies());
            snapshotLost |= parcel.hasSnapshot();
        }
        if (reclaimed > 0) {
            parcels.subList(0, reclaimed).clear();
        }
        return snapshotLost;
    }

    /// @return the mark to confirm; 0 when there is nothing to confirm
    long handOut(long nowMillis, List<Rollup> rollups, List<Anomaly> anomalies, boolean hasSnapshot) {
        if (rollups.isEmpty() && anomalies.isEmpty() && !hasSnapshot) {
            return 0;
        }
        // From the clock, so that a confirmation meant for an earlier life of this device fits nothing of this one.
        lastMark = Math.max(lastMark + 1, nowMillis << 10);
        parcels.add(new Parcel(lastMark, nowMillis, List.copyOf(rollups), List.copyOf(anomalies), hasSnapshot));
        return lastMark;
    }

    void confirm(long mark) {
        for (int i = 0; i < parcels.size(); i++) {
            if (parcels.get(i).mark() == mark) {
                parcels.remove(i);
                return;
            }
        }
    }

    /// When the oldest was handed out; [Long#MAX_VALUE] when there is none.
    long oldestSentMillis() {
        return parcels.isEmpty() ? Long.MAX_VALUE : parcels.getFirst().sentMillis();
    }
}
