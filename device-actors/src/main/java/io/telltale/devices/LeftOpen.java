package io.telltale.devices;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Presence;
import io.telltale.devices.state.DeviceRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Finds, among all stored devices, those that something was still open of when the node went down: a presence that
/// only more silence would have changed, or a window that only time would have closed. Some bytes per device; one
/// thread.
public final class LeftOpen {
    /// A node may come and go for a while before it lives long enough to ask everybody.
    private static final Duration TROUBLED_TIMES = Duration.ofDays(1);

    private final long longestOpenMillis;
    private final List<Seen> seen = new ArrayList<>();
    private long newestArrivalMillis = Long.MIN_VALUE;

    private record Seen(DeviceId device, boolean isOffline, long lastArrivalMillis) {}

    public LeftOpen(DeviceRules rules) {
        longestOpenMillis = rules.windows().widths().getLast().toMillis()
                + rules.windows().allowedLateness().toMillis()
                + rules.silenceGrace().toMillis()
                + rules.snapshotEvery().toMillis()
                + TROUBLED_TIMES.toMillis();
    }

    public void consider(DeviceSnapshot snapshot) {
        seen.add(new Seen(snapshot.device(), snapshot.presence() == Presence.OFFLINE, snapshot.lastArrivalMillis()));
        newestArrivalMillis = Math.max(newestArrivalMillis, snapshot.lastArrivalMillis());
    }

    /// Of those considered. The newest arrival of all tells when the node went down.
    public List<DeviceId> devices() {
        return seen.stream()
                .filter(each ->
                        !each.isOffline() || newestArrivalMillis - each.lastArrivalMillis() <= longestOpenMillis)
                .map(Seen::device)
                .toList();
    }
}
