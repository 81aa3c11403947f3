package io.telltale.analytics.model;

import java.util.List;

/// A dead letter that is understood by now. What it says counts as if it had been understood at once, save for the
/// device's presence: of that, an old message tells nothing.
///
/// @param arrivalMillis processing time of the replay, milliseconds since 1970
/// @param heardMillis processing time at which it first reached us
/// @param points in the payload's order; may be empty
public record Replay(DeviceId device, long arrivalMillis, long heardMillis, List<Point> points)
        implements Inbound.ForDevice {
    public Replay {
        points = List.copyOf(points);
    }
}
