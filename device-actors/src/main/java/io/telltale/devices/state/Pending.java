package io.telltale.devices.state;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.Rollup;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rollups and anomalies that were handed out and are not yet known to be stored. Bounded by what the doors hold in
/// flight: a result only comes with a message, and a message waits until its results are stored.
final class Pending {
    private final Map<Long, Parcel> byMark = new LinkedHashMap<>();
    private long lastMark;

    private record Parcel(long sentMillis, List<Rollup> rollups, List<Anomaly> anomalies) {}

    boolean isEmpty() {
        return byMark.isEmpty();
    }

    /// Adds to `rollups` and `anomalies` what was handed out before `sentBeforeMillis` and never confirmed.
    void reclaim(long sentBeforeMillis, List<Rollup> rollups, List<Anomaly> anomalies) {
        Iterator<Parcel> oldestFirst = byMark.values().iterator();
        while (oldestFirst.hasNext()) {
            var parcel = oldestFirst.next();
            if (parcel.sentMillis() >= sentBeforeMillis) {
                return;
            }
            rollups.addAll(parcel.rollups());
            anomalies.addAll(parcel.anomalies());
            oldestFirst.remove();
        }
    }

    /// @return the mark to confirm; 0 when there is nothing to confirm
    long handOut(long nowMillis, List<Rollup> rollups, List<Anomaly> anomalies) {
        if (rollups.isEmpty() && anomalies.isEmpty()) {
            return 0;
        }
        // From the clock, so that a confirmation meant for an earlier life of this device fits nothing of this one.
        lastMark = Math.max(lastMark + 1, nowMillis << 10);
        byMark.put(lastMark, new Parcel(nowMillis, new ArrayList<>(rollups), new ArrayList<>(anomalies)));
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
