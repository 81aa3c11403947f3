package io.telltale.server.chaos.oracle;

import java.util.SortedMap;
import java.util.TreeMap;

/// What a rollup says, recomputed the plain way: the points of one window in the order of their event times, added up.
final class Window {
    /// The order in which floating-point numbers are added is nobody's promise.
    private static final double TOLERANCE = 1e-9;

    private long count;
    private double sum;
    private double magnitude;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double first;
    private double last;

    /// @param points values by event time
    /// @return the windows by their start
    static SortedMap<Long, Window> all(SortedMap<Long, Double> points, long widthMillis) {
        var windows = new TreeMap<Long, Window>();
        points.forEach((millis, value) -> windows.computeIfAbsent(
                        Math.floorDiv(millis, widthMillis) * widthMillis, _ -> new Window())
                .add(value));
        return windows;
    }

    private void add(double value) {
        first = count == 0 ? value : first;
        last = value;
        count++;
        sum += value;
        magnitude += Math.abs(value);
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    /// @param row count, sum, min, max, mean, first value, last value, values in the sketch
    boolean agreesWith(String[] row, int from) {
        return Long.parseLong(row[from]) == count
                && near(Double.parseDouble(row[from + 1]), sum, magnitude)
                && Double.parseDouble(row[from + 2]) == min
                && Double.parseDouble(row[from + 3]) == max
                && near(Double.parseDouble(row[from + 4]), sum / count, magnitude / count)
                && Double.parseDouble(row[from + 5]) == first
                && Double.parseDouble(row[from + 6]) == last
                && Long.parseLong(row[from + 7]) == count;
    }

    private static boolean near(double one, double other, double magnitude) {
        return Math.abs(one - other) <= TOLERANCE * magnitude;
    }

    @Override
    public String toString() {
        return "count %d, sum %s, min %s, max %s, mean %s, first %s, last %s, in the sketch %d"
                .formatted(count, sum, min, max, sum / count, first, last, count);
    }
}
