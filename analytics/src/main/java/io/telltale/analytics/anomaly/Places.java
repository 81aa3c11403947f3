package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// The levels a series is at home at: a machine that runs and rests has two, and going from one to the other is
/// nothing new. A place has a mean, how far its values lie from that, and how restless they are there, because
/// the rest of a machine says nothing about how it runs. Left in a jump, it is remembered; it counts as known
/// once the series has been there three times, or for [#LONG] points in all. Eight are remembered, of which the
/// one with the fewest points gives way. O(1).
final class Places {
    private static final int MOST = 8;
    private static final int SHORTEST_STAY = 3;
    private static final int LONG = 200;
    private static final int OFTEN = 3;
    private static final int MANY = 100_000;
    private static final float FOLLOWING = 1 / 100f;
    private static final double MEAN_MISSES = 6.5; // some five sigma
    private static final double LARGEST_PART = 4;

    private static final int MEAN = 0;
    private static final int DISTANCE = 1;
    private static final int MISS = 2;
    private static final int POINTS = 3;
    private static final int VISITS = 4;
    private static final int FIELDS = 5;

    /// The fields of one place after another; empty until the first is left.
    private float[] left = new float[0];

    private double mean;
    private float distance;
    private float miss;
    private int stay;
    private int before;

    /// Is it a value as they are where the series is now?
    boolean isUsual(double value, double expected, double floor) {
        return before + stay >= SHORTEST_STAY && Math.abs(value - expected) <= MEAN_MISSES * miss + floor;
    }

    /// Is it a value as they are at a place that is known from earlier?
    boolean isKnown(double value, double floor) {
        int at = find(value, floor);
        return at >= 0 && (left[at + POINTS] >= LONG || left[at + VISITS] >= OFTEN);
    }

    /// Learns a value, after it was asked about.
    ///
    /// @param isJump whether it is far from where the last values let expect it
    /// @return whether it is the first at another place
    boolean add(double value, double expected, double floor, boolean isJump) {
        boolean isOther =
                isJump && !isUsual(value, expected, floor) && Math.abs(value - mean) > MEAN_MISSES * distance + floor;
        if (isOther) {
            leave(floor);
            enter(value, floor);
        }
        stay = Math.min(stay + 1, MANY);
        double weight = Math.max(FOLLOWING, 1.0 / (before + stay));
        distance += (float) (weight * (bounded(Math.abs(value - mean), distance, floor) - distance));
        miss += (float) (weight * (bounded(Math.abs(value - expected), miss, floor) - miss));
        mean += weight * (value - mean);
        return isOther;
    }

    private double bounded(double size, double usual, double floor) {
        return before + stay <= SHORTEST_STAY ? size : Math.min(size, LARGEST_PART * Math.max(usual, floor));
    }

    private void leave(double floor) {
        if (stay < SHORTEST_STAY) {
            return;
        }
        int at = find(mean, floor);
        if (at < 0 && left.length < MOST * FIELDS) {
            at = left.length;
            left = Arrays.copyOf(left, at + FIELDS);
        } else if (at < 0) {
            at = leastKnown();
            left[at + POINTS] = 0;
            left[at + VISITS] = 0;
        }
        left[at + MEAN] = (float) mean;
        left[at + DISTANCE] = distance;
        left[at + MISS] = miss;
        left[at + POINTS] = Math.min(left[at + POINTS] + stay, MANY);
        left[at + VISITS] = Math.min(left[at + VISITS] + 1, MANY);
    }

    private void enter(double value, double floor) {
        int at = find(value, floor);
        stay = 0;
        mean = value;
        before = 0;
        distance = 0;
        if (at >= 0) {
            mean = left[at + MEAN];
            distance = left[at + DISTANCE];
            miss = left[at + MISS];
            before = (int) left[at + POINTS];
        }
    }

    private int find(double value, double floor) {
        for (int at = 0; at < left.length; at += FIELDS) {
            if (Math.abs(value - left[at + MEAN]) <= MEAN_MISSES * left[at + DISTANCE] + floor) {
                return at;
            }
        }
        return -1;
    }

    private int leastKnown() {
        int least = 0;
        for (int at = FIELDS; at < left.length; at += FIELDS) {
            if (left[at + POINTS] < left[least + POINTS]) {
                least = at;
            }
        }
        return least;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(mean);
        out.writeFloat(distance);
        out.writeFloat(miss);
        out.writeInt(stay);
        out.writeInt(before);
        out.writeByte(left.length / FIELDS);
        for (float field : left) {
            out.writeFloat(field);
        }
    }

    void read(DataInput in) throws IOException {
        mean = in.readDouble();
        distance = in.readFloat();
        miss = in.readFloat();
        stay = in.readInt();
        before = in.readInt();
        left = new float[Math.clamp(in.readByte(), 0, MOST) * FIELDS];
        for (int i = 0; i < left.length; i++) {
            left[i] = in.readFloat();
        }
    }
}
