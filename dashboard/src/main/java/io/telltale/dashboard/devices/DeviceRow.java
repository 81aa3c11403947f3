package io.telltale.dashboard.devices;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import java.util.List;
import java.util.OptionalLong;

/// One device as a list shows it.
///
/// @param lastSeenMillis when its newest message reached us
/// @param lastEventTimeMillis the greatest event time of its points, if it has sent any
/// @param metrics how many metrics it has
/// @param latest newest point by event time of the first metrics by name
public record DeviceRow(
        DeviceId id,
        Presence presence,
        long lastSeenMillis,
        OptionalLong lastEventTimeMillis,
        int metrics,
        int anomaliesLastHour,
        List<Point> latest) {
    /// How many metrics a row in a list carries.
    public static final int MAX_LATEST = 4;

    public DeviceRow {
        latest = List.copyOf(latest);
    }
}
