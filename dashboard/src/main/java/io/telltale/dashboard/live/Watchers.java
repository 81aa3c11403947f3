package io.telltale.dashboard.live;

import io.telltale.analytics.model.DeviceId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Which sessions watch which device. Made for the many who ask about devices nobody watches: that is one lookup, or
/// none while no device is watched at all. Thread-safe.
final class Watchers {
    private final ConcurrentHashMap<DeviceId, List<Session>> byDevice = new ConcurrentHashMap<>();
    private final List<Session> ofAnomalies = new CopyOnWriteArrayList<>();

    List<Session> of(DeviceId device) {
        return byDevice.isEmpty() ? List.of() : byDevice.getOrDefault(device, List.of());
    }

    List<Session> ofAnomalies() {
        return ofAnomalies;
    }

    /// To be called for one session from one thread at a time.
    void replace(Session session, Watch before, Watch now) {
        var devicesBefore = devices(before);
        var devicesNow = devices(now);
        for (DeviceId device : devicesBefore) {
            if (!devicesNow.contains(device)) {
                byDevice.computeIfPresent(device, (id, sessions) -> {
                    sessions.remove(session);
                    return sessions.isEmpty() ? null : sessions;
                });
            }
        }
        for (DeviceId device : devicesNow) {
            if (!devicesBefore.contains(device)) {
                byDevice.compute(device, (id, sessions) -> {
                    var all = sessions == null ? new CopyOnWriteArrayList<Session>() : sessions;
                    all.add(session);
                    return all;
                });
            }
        }
        if (before.anomalies() && !now.anomalies()) {
            ofAnomalies.remove(session);
        } else if (now.anomalies() && !before.anomalies()) {
            ofAnomalies.add(session);
        }
    }

    private static Set<DeviceId> devices(Watch watch) {
        var devices = new HashSet<>(watch.devices());
        devices.addAll(watch.points());
        return devices;
    }
}
