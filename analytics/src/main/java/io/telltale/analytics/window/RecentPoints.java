package io.telltale.analytics.window;

import java.util.Arrays;

/// The points of one series that may still change: distinct event times, ascending, in primitive arrays.
final class RecentPoints {
    private long[] times = new long[2];
    private double[] values = new double[2];
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
            times = Arrays.copyOf(times, size + size / 2 + 1);
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
        System.arraycopy(times, number, times, 0, size);
        System.arraycopy(values, number, values, 0, size);
    }
}
