package io.telltale.devices.state;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.Rollup;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rollups, anomalies and snapshots that were handed out and are not yet known to be stored. Bounded by what the doors
/// hold in flight: a result only comes with a message, and a message waits until its results are stored.
final class Pending {
    private final Map<Long, Parcel> byMark = new LinkedHashMap<>();
    private long lastMark;

    private record Parcel(long sentMillis, List<Rollup> rollups, List<Anomaly> anomalies, boolean hasSnapshot) {}

    boolean isEmpty() {
        return byMark.isEmpty();
    }

    /// Adds to `rollups` and `anomalies` what was handed out before `sentBeforeMillis` and never confirmed.
    ///
    /// @return whether a snapshot was among it: a new one is to take its place
    boolean reclaim(long sentBeforeMillis, List<Rollup> rollups, List<Anomaly> anomalies) {
        boolean snapshotLost = false;
        Iterator<Parcel> oldestFirst = byMark.values().iterator();
        while (oldestFirst.hasNext()) {
            var parcel = oldestFirst.next();
            if (parcel.sentMillis() >= sentBeforeMillis) {
                break;
            }
            rollups.addAll(parcel.rollups());
            anomalies.addAll(parcel.anomalies());
            snapshotLost |= parcel.hasSnapshot();
            oldestFirst.remove();
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
        byMark.put(lastMark, new Parcel(nowMillis, List.copyOf(rollups), List.copyOf(anomalies), hasSnapshot));
        return lastMark;
    }

    void confirm(long mark) {
        byMark.remove(mark);
    }

    /// When the oldest was handed out; [Long#MAX_VALUE] when there is none.
    long oldestSentMillis() {
        return byMark.isEmpty()
                ? Long.MAX_VALUE
                : byMark.values().iterator().next().sentMillis();
    }
}
