package io.telltale.devices.state;

import io.telltale.analytics.anomaly.Limits;
import io.telltale.analytics.anomaly.SeriesDetectors;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.window.SeriesWindows;

/// Everything a device keeps of one of its metrics.
final class Metric {
    final SeriesWindows windows;
    final SeriesDetectors detectors;
    private Point latest;

    Metric(SeriesKey series, DeviceRules rules, Point first) {
        windows = new SeriesWindows(series, rules.windows());
        detectors = new SeriesDetectors(series, rules.limits().getOrDefault(series.metric(), Limits.NONE));
        latest = first;
    }

    /// Latest by event time; of two at the same time the one that came last.
    void see(Point point) {
        if (point.eventTimeMillis() >= latest.eventTimeMillis()) {
            latest = point;
        }
    }

    Point latest() {
        return latest;
    }
}
