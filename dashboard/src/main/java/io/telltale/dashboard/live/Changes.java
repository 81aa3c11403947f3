package io.telltale.dashboard.live;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What one browser is to be told next.
///
/// @param rows devices whose row changed
/// @param points by device, none of them empty
/// @param anomaliesSkipped anomalies forgotten since the last frame of anomalies
/// @param oldestMillis arrival of the first message among them, if messages are
record Changes(
        List<String> problems,
        boolean overview,
        List<DeviceId> rows,
        Map<DeviceId, PointBuffer> points,
        List<Anomaly> anomalies,
        long anomaliesSkipped,
        OptionalLong oldestMillis) {
    Changes {
        problems = List.copyOf(problems);
        rows = List.copyOf(rows);
        anomalies = List.copyOf(anomalies);
    }
}
