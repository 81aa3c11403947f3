package io.telltale.devices.state;

import io.telltale.analytics.anomaly.PeerGroup;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the devices of this node know of their peers, by type. Thread-safe.
public final class Peers {
    private final Map<DeviceType, PeerGroup> groups = new HashMap<>();

    public Peers(DeviceTypes types) {
        for (DeviceType type : types.all()) {
            if (type.peers()) {
                groups.put(type, new PeerGroup(type.name(), types.peersEvery()));
            }
        }
    }

    /// @return null when devices of the type are not held against each other
    @Nullable
    PeerGroup of(DeviceType type) {
        return groups.get(type);
    }
}
