package io.telltale.analytics.model;

import java.util.List;

/// What is remembered of a device beyond its points: enough to list it after a restart, and its detectors' state.
///
/// @param firstSeenMillis processing time of its first message
/// @param lastArrivalMillis processing time of its newest message
/// @param watermarkMillis the greatest event time seen
/// @param latest the newest point by event time of every metric
/// @param detectors versioned bytes that only the device reads; empty when there is nothing to remember
public record DeviceSnapshot(
        DeviceId device,
        Presence presence,
        long firstSeenMillis,
        long lastArrivalMillis,
        long watermarkMillis,
        List<Point> latest,
        byte[] detectors) {
    public DeviceSnapshot {
        latest = List.copyOf(latest);
        detectors = detectors.clone();
    }
}
