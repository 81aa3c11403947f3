package io.telltale.devices.state;

import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Rollup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The store as a device knows it, in maps: the last point of a key, the highest version of a rollup.
final class StoreTwin {
    record PointKey(String metric, long eventTimeMillis) {}

    record Window(String metric, long widthMillis, long startMillis) {}

    final Map<PointKey, Double> points = new HashMap<>();
    final Map<Window, Rollup> rollups = new HashMap<>();
    Optional<DeviceSnapshot> snapshot = Optional.empty();

    void store(Outcome.Processed outcome) {
        for (Point point : outcome.points()) {
            if (point instanceof Point.Numeric(String metric, long eventTime, double value)) {
                points.put(new PointKey(metric, eventTime), value);
            }
        }
        for (Rollup rollup : outcome.rollups()) {
            rollups.merge(
                    new Window(rollup.series().metric(), rollup.widthMillis(), rollup.windowStartMillis()),
                    rollup,
                    (old, fresh) -> fresh.version() >= old.version() ? fresh : old);
        }
        outcome.snapshot().ifPresent(fresh -> snapshot = Optional.of(fresh));
    }

    /// The tail is two windows of the second width, and the allowed lateness, behind the newest that is known.
    DeviceHistory history(DeviceId device, DeviceRules rules) {
        if (points.isEmpty()) {
            return DeviceHistory.none(device);
        }
        var widths = rules.windows().widths().stream().map(Duration::toMillis).toList();
        long newest = points.keySet().stream()
                .mapToLong(PointKey::eventTimeMillis)
                .max()
                .orElseThrow();
        long watermark =
                Math.max(newest, snapshot.map(DeviceSnapshot::watermarkMillis).orElse(0L));
        long tailFrom =
                floor(watermark - rules.windows().allowedLateness().toMillis() - 2 * widths.get(1), widths.get(1));
        long rollupsFrom = floor(tailFrom, widths.getLast());
        var tail = new ArrayList<Point>();
        points.forEach((key, value) -> {
            if (key.eventTimeMillis() >= tailFrom) {
                tail.add(new Point.Numeric(key.metric(), key.eventTimeMillis(), value));
            }
        });
        tail.sort(Comparator.comparingLong(Point::eventTimeMillis));
        List<Rollup> closed = rollups.values().stream()
                .filter(rollup -> rollup.windowStartMillis() >= rollupsFrom)
                .toList();
        return new DeviceHistory(device, snapshot, closed, tail, tailFrom);
    }

    static long floor(long millis, long widthMillis) {
        return Math.floorDiv(millis, widthMillis) * widthMillis;
    }
}
