package io.telltale.analytics.window;

import java.util.Arrays;

/// The points of one series that may still change: distinct event times, ascending, in primitive arrays. They lie
/// anywhere in these, so that the oldest go without the others being moved up.
final class RecentPoints {
    private static final int SMALL = 4;
    private static final long[] NO_TIMES = {};
    private static final double[] NO_VALUES = {};

    private long[] times = NO_TIMES;
    private double[] values = NO_VALUES;
    private int first;
    private int size;

    int size() {
        return size;
    }

    long time(int at) {
        return times[first + at];
    }

    double value(int at) {
        return values[first + at];
    }

    /// Index of the first point at or after `millis`; O(log size).
    int from(long millis) {
        int at = Arrays.binarySearch(times, first, first + size, millis);
        return (at >= 0 ? at : -at - 1) - first;
    }

    boolean has(long millis) {
        return Arrays.binarySearch(times, first, first + size, millis) >= 0;
    }

    /// Mostly an append: O(1) in the long run; O(size) for a point out of order.
    Verdict put(long millis, double value) {
        int at = size == 0 || time(size - 1) < millis ? size : from(millis);
        if (at < size && time(at) == millis) {
            if (Double.compare(value(at), value) == 0) {
                return Verdict.DUPLICATE;
            }
            values[first + at] = value;
            return Verdict.CORRECTION;
        }
        makeRoom();
        int place = first + at;
        System.arraycopy(times, place, times, place + 1, size - at);
        System.arraycopy(values, place, values, place + 1, size - at);
        times[place] = millis;
        values[place] = value;
        size++;
        return Verdict.FRESH;
    }

    /// Forgets the `number` oldest; O(1).
    void drop(int number) {
        size -= number;
        first = size == 0 ? 0 : first + number;
        if (size == 0 && times.length > SMALL) {
            times = NO_TIMES;
            values = NO_VALUES;
        }
    }

    /// Behind the last: by moving up when a third of the place is in front of the first, by growing otherwise.
    private void makeRoom() {
        if (first + size < times.length) {
            return;
        }
        if (first > size / 2) {
            System.arraycopy(times, first, times, 0, size);
            System.arraycopy(values, first, values, 0, size);
        } else {
            int room = Math.max(2, size + size / 2);
            times = Arrays.copyOf(Arrays.copyOfRange(times, first, first + size), room);
            values = Arrays.copyOf(Arrays.copyOfRange(values, first, first + size), room);
        }
        first = 0;
    }
}
