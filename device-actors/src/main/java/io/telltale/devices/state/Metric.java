package io.telltale.devices.state;

import io.telltale.analytics.model.Point;
import org.jspecify.annotations.Nullable;

/// Everything a device keeps of one of its metrics.
final class Metric {
    private Point latest;

    /// Null as long as the metric has only said texts, which are not rolled up: most of a metric's memory is here.
    private @Nullable Watch watch;

    Metric(Point first) {
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

    @Nullable
    Watch watch() {
        return watch;
    }

    void watch(Watch fresh) {
        watch = fresh;
    }
}
