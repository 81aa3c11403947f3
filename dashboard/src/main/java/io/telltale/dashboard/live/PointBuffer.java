package io.telltale.dashboard.live;

import java.util.Arrays;

/// Numeric points of one device on their way to one browser: the newest up to a bound; the oldest are forgotten and
/// counted. Not thread-safe.
final class PointBuffer {
    private final int capacity;
    private String[] metrics;
    private long[] times;
    private double[] values;
    private int oldest;
    private int size;
    private long skipped;

    @FunctionalInterface
    interface Reader {
        void point(String metric, long eventTimeMillis, double value);
    }

    PointBuffer(int capacity) {
        this.capacity = capacity;
        int length = Math.min(capacity, 16);
        metrics = new String[length];
        times = new long[length];
        values = new double[length];
    }

    void add(String metric, long eventTimeMillis, double value) {
        if (size == capacity) {
            oldest = (oldest + 1) % metrics.length;
            skipped++;
        } else {
            if (size == metrics.length) {
                grow();
            }
            size++;
        }
        int at = (oldest + size - 1) % metrics.length;
        metrics[at] = metric;
        times[at] = eventTimeMillis;
        values[at] = value;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long skipped() {
        return skipped;
    }

    /// In the order in which they came.
    void forEach(Reader reader) {
        for (int i = 0; i < size; i++) {
            int at = (oldest + i) % metrics.length;
            reader.point(metrics[at], times[at], values[at]);
        }
    }

    /// Nothing was forgotten as long as it grows, so the oldest is still at 0.
    private void grow() {
        int length = Math.min(capacity, 2 * metrics.length);
        metrics = Arrays.copyOf(metrics, length);
        times = Arrays.copyOf(times, length);
        values = Arrays.copyOf(values, length);
    }
}
