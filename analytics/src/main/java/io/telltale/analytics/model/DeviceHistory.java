package io.telltale.analytics.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the store knows of a device, as far as its recovery needs it.
///
/// @param rollups closed rollups from the start of the newest, widest window on (every width), newest version each
/// @param tail the raw points from [#tailFromMillis] on, distinct, by ascending event time
/// @param tailFromMillis where the raw tail begins: what is older is in `rollups` only
/// @param strictness by metric, how many more of its anomalies people said to be false alarms than to be right
public record DeviceHistory(
        DeviceId device,
        Optional<DeviceSnapshot> snapshot,
        List<Rollup> rollups,
        List<Point> tail,
        long tailFromMillis,
        Map<String, Integer> strictness) {
    public DeviceHistory {
        rollups = List.copyOf(rollups);
        tail = List.copyOf(tail);
        strictness = Map.copyOf(strictness);
    }

    /// Of a device of whose anomalies nobody said anything.
    public DeviceHistory(
            DeviceId device,
            Optional<DeviceSnapshot> snapshot,
            List<Rollup> rollups,
            List<Point> tail,
            long tailFromMillis) {
        this(device, snapshot, rollups, tail, tailFromMillis, Map.of());
    }

    public DeviceHistory withStrictness(Map<String, Integer> said) {
        return new DeviceHistory(device, snapshot, rollups, tail, tailFromMillis, said);
    }

    /// The history of a device never heard of.
    public static DeviceHistory none(DeviceId device) {
        return new DeviceHistory(device, Optional.empty(), List.of(), List.of(), 0);
    }
}
