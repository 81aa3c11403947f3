package io.telltale.devices.state;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Rollup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The recovery of a device's windows and detectors: closed rollups first, then the raw tail once more, in event-time
/// order. What follows from the tail and is not stored like that already was lost with the earlier life.
final class Rebuild {
    private final Metrics metrics;
    private final Watermark watermark;
    private final Map<Window, Rollup> stored = new HashMap<>();
    private final List<Rollup> rollups = new ArrayList<>(0);
    private final List<Anomaly> anomalies = new ArrayList<>(0);

    private record Window(String metric, long widthMillis, long startMillis) {
        static Window of(Rollup rollup) {
            return new Window(rollup.series().metric(), rollup.widthMillis(), rollup.windowStartMillis());
        }
    }

    Rebuild(Metrics metrics, Watermark watermark) {
        this.metrics = metrics;
        this.watermark = watermark;
    }

    /// Rollups that the store does not have, or has otherwise.
    List<Rollup> rollups() {
        return rollups;
    }

    /// Anomalies in the tail. The store may have them: their identity is their own.
    List<Anomaly> anomalies() {
        return anomalies;
    }

    void run(DeviceHistory history) {
        restore(history);
        var found = new ArrayList<Anomaly>(0);
        long foundMillis = Long.MIN_VALUE;
        for (Point point : history.tail()) {
            if (point.eventTimeMillis() != foundMillis) {
                conclude(found);
                foundMillis = point.eventTimeMillis();
            }
            // Only as far as the tail has come: ahead of it, the points still to follow would be late.
            watermark.see(point.eventTimeMillis());
            var metric = metrics.see(point);
            if (metric != null && point instanceof Point.Numeric number) {
                var watch = metrics.watch(number.metric(), metric);
                watch.windows().add(number.eventTimeMillis(), number.value());
                watch.windows().advance(watermark.millis(), 0, this::closed);
                metrics.judge(watch, number, found::add);
            }
        }
        metrics.conclude(found::add);
        conclude(found);
        // A snapshot may be ahead of the points: of those on a line that broke, it was stored with the first to come
        // again. By its watermark the others would be late.
        if (history.tail().isEmpty()) {
            history.snapshot()
                    .filter(snapshot -> !snapshot.latest().isEmpty())
                    .ifPresent(snapshot -> watermark.see(snapshot.watermarkMillis()));
        }
        if (watermark.isKnown()) {
            metrics.watches().forEach(watch -> watch.windows().advance(watermark.millis(), 0, this::closed));
        }
    }

    private void conclude(List<Anomaly> found) {
        anomalies.addAll(Joint.of(found, metrics));
        found.clear();
    }

    private void restore(DeviceHistory history) {
        var byMetric = new HashMap<String, List<Rollup>>();
        for (Rollup rollup : history.rollups()) {
            stored.put(Window.of(rollup), rollup);
            byMetric.computeIfAbsent(rollup.series().metric(), _ -> new ArrayList<>())
                    .add(rollup);
        }
        byMetric.forEach((name, ofMetric) -> {
            var last = ofMetric.getLast();
            var metric = metrics.see(new Point.Numeric(name, last.lastMillis(), last.lastValue()));
            if (metric != null) {
                metrics.watch(name, metric).windows().restore(ofMetric, history.tailFromMillis());
            }
        });
    }

    private void closed(Rollup rollup) {
        var before = stored.get(Window.of(rollup));
        if (before == null) {
            rollups.add(rollup);
        } else if (!isSame(before, rollup)) {
            rollups.add(rollup.again(rollup.version(), Emission.REVISED));
        }
    }

    /// All but the version and the cause.
    private static boolean isSame(Rollup one, Rollup other) {
        return one.count() == other.count()
                && one.sum() == other.sum()
                && one.min() == other.min()
                && one.max() == other.max()
                && one.mean() == other.mean()
                && one.m2() == other.m2()
                && one.firstMillis() == other.firstMillis()
                && one.firstValue() == other.firstValue()
                && one.lastMillis() == other.lastMillis()
                && one.lastValue() == other.lastValue()
                && one.quantiles().equals(other.quantiles());
    }
}
