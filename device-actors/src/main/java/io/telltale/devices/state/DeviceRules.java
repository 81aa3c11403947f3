package io.telltale.devices.state;

import io.telltale.analytics.anomaly.Detection;
import io.telltale.analytics.anomaly.Limits;
import io.telltale.analytics.window.WindowSettings;
import java.time.Duration;
import java.util.Map;

/// What every device is judged by.
///
/// @param maxMetrics that are rolled up and watched; points of further ones are stored only
/// @param silenceGrace silence after which event time moves on with processing time
/// @param resendAfter when a result that was not confirmed is handed out again
/// @param limits by metric
/// @param types of which devices are held against each other, and their metrics
public record DeviceRules(
        WindowSettings windows,
        int maxMetrics,
        Duration silenceGrace,
        Duration staleAfter,
        Duration offlineAfter,
        Duration passivateAfter,
        Duration snapshotEvery,
        Duration resendAfter,
        Detection detection,
        Map<String, Limits> limits,
        DeviceTypes types) {
    public DeviceRules {
        limits = Map.copyOf(limits);
    }
}
