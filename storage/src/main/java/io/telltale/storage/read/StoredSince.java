package io.telltale.storage.read;

import io.telltale.analytics.model.DeviceId;
import java.util.Map;

/// What is stored from some instant on, each thing counted once however often it was sent.
///
/// @param messages distinct event times of each device: its messages, if it never uses one event time for two
/// @param points by event time
/// @param rollups by start of window
/// @param anomalies by event time
/// @param deadLetters by arrival
public record StoredSince(Map<DeviceId, Long> messages, long points, long rollups, long anomalies, long deadLetters) {
    public StoredSince {
        messages = Map.copyOf(messages);
    }
}
