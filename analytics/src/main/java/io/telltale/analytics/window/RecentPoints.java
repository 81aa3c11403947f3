package io.telltale.analytics.window;

/// The points of one series that may still change: distinct event times, ascending, in two primitive rings. The oldest
/// go and the newest come without the others being moved, which with thousands of fast series are in no cache.
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
        return times[place(at)];
    }

    double value(int at) {
        return values[place(at)];
    }

    /// Index of the first point at or after `millis`; O(log size).
    int from(long millis) {
        return search(0, size, millis);
    }

    /// The same, for a time that is likely among the oldest: O(log result).
    int fromOldest(long millis) {
        int beyond = 1;
        while (beyond <= size && time(beyond - 1) < millis) {
            beyond *= 2;
        }
        return search(beyond / 2, Math.min(beyond, size), millis);
    }

    boolean has(long millis) {
        int at = from(millis);
        return at < size && time(at) == millis;
    }

    /// Mostly an append: O(1) in the long run; O(size) for a point out of order.
    Verdict put(long millis, double value) {
        int at = size == 0 || time(size - 1) < millis ? size : from(millis);
        if (at < size && time(at) == millis) {
            if (Double.compare(value(at), value) == 0) {
                return Verdict.DUPLICATE;
            }
            values[place(at)] = value;
            return Verdict.CORRECTION;
        }
        if (size == times.length) {
            grow();
        }
        for (int later = size; later > at; later--) {
            set(later, time(later - 1), value(later - 1));
        }
        set(at, millis, value);
        size++;
        return Verdict.FRESH;
    }

    /// Forgets the `number` oldest; O(1).
    void drop(int number) {
        size -= number;
        first = size == 0 ? 0 : place(number);
        if (size == 0 && times.length > SMALL) {
            times = NO_TIMES;
            values = NO_VALUES;
        }
    }

    private int place(int at) {
        int place = first + at;
        return place < times.length ? place : place - times.length;
    }

    private void set(int at, long millis, double value) {
        int place = place(at);
        times[place] = millis;
        values[place] = value;
    }

    /// Of the indexes `from` to `to`, exclusive, the first at or after `millis`; `to` when there is none.
    private int search(int from, int to, long millis) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time(middle) < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void grow() {
        var roomierTimes = new long[Math.max(2, size + size / 2)];
        var roomierValues = new double[roomierTimes.length];
        for (int at = 0; at < size; at++) {
            roomierTimes[at] = time(at);
            roomierValues[at] = value(at);
        }
        times = roomierTimes;
        values = roomierValues;
        first = 0;
    }
}
