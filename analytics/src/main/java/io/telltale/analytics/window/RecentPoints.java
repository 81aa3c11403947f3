package io.telltale.analytics.window;

import java.util.Arrays;

/// The points of one series that may still change: distinct event times, ascending, in primitive arrays.
final class RecentPoints {
    private static final int SMALL = 4;
    private static final long[] NO_TIMES = {};
    private static final double[] NO_VALUES = {};

    private long[] times = NO_TIMES;
    private double[] values = NO_VALUES;
    private int size;

    int size() {
        return size;
    }

    long time(int at) {
        return times[at];
    }

    double value(int at) {
        return values[at];
    }

    /// Index of the first point at or after `millis`; O(log size).
    int from(long millis) {
        int at = Arrays.binarySearch(times, 0, size, millis);
        return at >= 0 ? at : -at - 1;
    }

    boolean has(long millis) {
        return Arrays.binarySearch(times, 0, size, millis) >= 0;
    }

    /// Mostly an append: O(1); O(size) for a point out of order.
    Verdict put(long millis, double value) {
        int at = size == 0 || times[size - 1] < millis ? size : from(millis);
        if (at < size && times[at] == millis) {
            if (Double.compare(values[at], value) == 0) {
                return Verdict.DUPLICATE;
            }
            values[at] = value;
            return Verdict.CORRECTION;
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, Math.max(2, size + size / 2));
            values = Arrays.copyOf(values, times.length);
        }
        System.arraycopy(times, at, times, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        times[at] = millis;
        values[at] = value;
        size++;
        return Verdict.FRESH;
    }

    /// Forgets the `number` oldest.
    void drop(int number) {
        size -= number;
        if (size == 0 && times.length > SMALL) {
            times = NO_TIMES;
            values = NO_VALUES;
            return;
        }
        System.arraycopy(times, number, times, 0, size);
        System.arraycopy(values, number, values, 0, size);
    }
}
