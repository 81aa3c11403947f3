package io.telltale.dashboard.devices;

import io.telltale.analytics.model.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The newest value of every metric of one device, by event time. Columns sorted by metric and updated in place: a
/// million devices keep nothing alive but these arrays. Not thread-safe.
final class LatestPoints {
    private String[] metrics = {};
    private long[] times = {};
    /// Points are finite, so NaN is free to say: this one is a text.
    private double[] numbers = {};

    private Map<String, String> texts = Map.of();

    /// Keeps the point if none of its metric has a greater event time; equal event time is a correction and counts.
    /// A new metric beyond `maxMetrics` is not kept.
    void offer(Point point, int maxMetrics) {
        int at = Arrays.binarySearch(metrics, point.metric());
        if (at < 0) {
            if (metrics.length >= maxMetrics) {
                return;
            }
            at = insert(-at - 1, point.metric());
        } else if (point.eventTimeMillis() < times[at]) {
            return;
        }
        times[at] = point.eventTimeMillis();
        switch (point) {
            case Point.Numeric numeric -> numbers[at] = numeric.value();
            case Point.Text text -> {
                numbers[at] = Double.NaN;
                if (texts.isEmpty()) {
                    texts = new HashMap<>();
                }
                texts.put(metrics[at], text.text());
            }
        }
    }

    int size() {
        return metrics.length;
    }

    /// The first `limit` metrics by name.
    List<Point> first(int limit) {
        int size = Math.min(limit, metrics.length);
        var points = new ArrayList<Point>(size);
        for (int i = 0; i < size; i++) {
            String metric = metrics[i];
            points.add(
                    Double.isNaN(numbers[i])
                            ? new Point.Text(metric, times[i], texts.getOrDefault(metric, ""))
                            : new Point.Numeric(metric, times[i], numbers[i]));
        }
        return points;
    }

    private int insert(int at, String metric) {
        int size = metrics.length;
        var widerMetrics = Arrays.copyOf(metrics, size + 1);
        var widerTimes = Arrays.copyOf(times, size + 1);
        var widerNumbers = Arrays.copyOf(numbers, size + 1);
        System.arraycopy(metrics, at, widerMetrics, at + 1, size - at);
        System.arraycopy(times, at, widerTimes, at + 1, size - at);
        System.arraycopy(numbers, at, widerNumbers, at + 1, size - at);
        // Interned: the fleet shares a few names, and each decoded payload brings its own copies.
        widerMetrics[at] = metric.intern();
        metrics = widerMetrics;
        times = widerTimes;
        numbers = widerNumbers;
        return at;
    }
}
