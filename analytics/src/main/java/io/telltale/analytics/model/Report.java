package io.telltale.analytics.model;

import java.util.List;

/// One decoded payload: everything a device said in one message.
///
/// @param arrivalMillis processing time, milliseconds since 1970
/// @param points in the payload's order; may be empty (`{}` is a sign of life)
public record Report(DeviceId device, long arrivalMillis, List<Point> points) implements Inbound.ForDevice {
    public Report {
        points = List.copyOf(points);
    }
}
