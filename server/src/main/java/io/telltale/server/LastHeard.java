package io.telltale.server;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// When each device was last heard of before the server went down, and so which may have fallen silent with windows
/// still
/// open: their actors must be woken, for they may never speak again. A device that had been silent for long by then had
/// closed its windows. One thread at a time.
final class LastHeard {
    /// A server may come and go for a while before it lives long enough to ask everybody.
    private static final Duration TROUBLED_TIMES = Duration.ofDays(1);

    private final Map<DeviceId, Long> arrivals = new HashMap<>();
    private long newestMillis = Long.MIN_VALUE;

    void see(DeviceSnapshot snapshot) {
        arrivals.put(snapshot.device(), snapshot.lastArrivalMillis());
        newestMillis = Math.max(newestMillis, snapshot.lastArrivalMillis());
    }

    /// @param widest window
    List<DeviceId> unsettled(Duration widest) {
        long sinceMillis = newestMillis - TROUBLED_TIMES.plus(widest).toMillis();
        return arrivals.entrySet().stream()
                .filter(arrival -> arrival.getValue() >= sinceMillis)
                .map(Map.Entry::getKey)
                .toList();
    }
}
