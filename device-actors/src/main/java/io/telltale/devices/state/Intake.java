package io.telltale.devices.state;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.LateWindow;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.window.Verdict;
import io.telltale.analytics.window.WindowSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes what a device says, and its silence, into its windows and detectors, and moves its event time on.
final class Intake {
    private static final Comparator<Point> BY_EVENT_TIME = Comparator.comparingLong(Point::eventTimeMillis);

    private final Metrics metrics;
    private final Watermark watermark;
    private final WindowSettings windows;

    Intake(Metrics metrics, Watermark watermark, WindowSettings windows) {
        this.metrics = metrics;
        this.watermark = watermark;
        this.windows = windows;
    }

    /// @param heardMillis when they came, by our clock
    void take(List<Point> points, long heardMillis, Turn turn) {
        if (points.isEmpty()) {
            return;
        }
        watermark.hear(heardMillis);
        long before = watermark.millis();
        for (Point point : inEventTimeOrder(points)) {
            take(point, turn);
        }
        metrics.conclude(turn.found);
        // Windows of metrics that were not in this message close too; windows only ever end at the finest width's grid.
        if (startOfWindow(before) != startOfWindow(watermark.millis())) {
            advance(turn);
        }
    }

    private void take(Point point, Turn turn) {
        long eventTime = point.eventTimeMillis();
        var metric = metrics.see(point);
        if (metric != null && point instanceof Point.Numeric number) {
            var verdict = judge(number, metrics.watch(number.metric(), metric), turn);
            turn.count(verdict);
            if (verdict == Verdict.LATE) {
                turn.leaveUncounted(point, windows.widestMillis());
            }
        } else {
            if (point instanceof Point.Numeric || mayReplaceNumber(eventTime, metric)) {
                turn.leaveUncounted(point, windows.widestMillis());
            }
            watermark.see(eventTime);
        }
    }

    /// A text takes the place of a number with the same event time, and the number out of its windows.
    private boolean mayReplaceNumber(long eventTimeMillis, @Nullable Metric metric) {
        var watch = metric == null ? null : metric.watch();
        return watermark.isLate(eventTimeMillis)
                || (watch != null && watch.windows().mayHaveCounted(eventTimeMillis));
    }

    private Verdict judge(Point.Numeric point, Watch watch, Turn turn) {
        long eventTime = point.eventTimeMillis();
        if (watermark.isLate(eventTime)) {
            return Verdict.LATE;
        }
        var verdict = watch.windows().add(eventTime, point.value());
        watermark.see(eventTime);
        watch.windows().advance(watermark.millis(), turn.nowMillis, turn.closed);
        if (verdict == Verdict.FRESH) {
            metrics.judge(watch, point, turn.found);
            Metrics.compare(watch, point, turn.nowMillis, turn.found);
        }
        return verdict;
    }

    /// Nothing has come until now.
    void silence(Turn turn) {
        if (!watermark.isKnown()) {
            return;
        }
        watermark.silence(turn.nowMillis);
        advance(turn);
        for (Watch watch : metrics.watches()) {
            watch.detectors().silence(watermark.eventTimeAt(turn.nowMillis), turn.found);
        }
    }

    /// Where points lie that are stored and that no window of ours has.
    List<LateWindow> uncounted(DeviceId device, Turn turn) {
        return turn.uncounted(device, windows.widestMillis(), watermark.millis());
    }

    private void advance(Turn turn) {
        var watches = metrics.watches();
        for (int i = 0; i < watches.size(); i++) {
            watches.get(i).windows().advance(watermark.millis(), turn.nowMillis, turn.closed);
        }
    }

    private long startOfWindow(long eventTimeMillis) {
        return Math.floorDiv(eventTimeMillis, windows.finestMillis());
    }

    private static List<Point> inEventTimeOrder(List<Point> points) {
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).eventTimeMillis() < points.get(i - 1).eventTimeMillis()) {
                var sorted = new ArrayList<>(points);
                sorted.sort(BY_EVENT_TIME); // stable: of two at the same time the later in the payload counts
                return sorted;
            }
        }
        return points;
    }
}
