package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// What the time of day tells about the value: its mean in each half hour over the last days, interpolated between.
/// A half hour counts as one visit however many points it has. O(1), 400 bytes.
final class DailySeason {
    static final int SLOTS = 48;
    static final long SLOT_MILLIS = 86_400_000L / SLOTS;

    private static final float LEAST_WEIGHT = 0.15f;

    private final float[] means = new float[SLOTS];
    private final byte[] visits = new byte[SLOTS];
    private int slot = -1;
    private double sum;
    private int points;

    /// The slot a time lies in; a day has no time zone here: any fixed shift is as good.
    static int slotOf(long timeMillis) {
        return (int) Math.floorMod(timeMillis / SLOT_MILLIS, (long) SLOTS);
    }

    /// @param otherwise where the time of day is not known yet
    double expected(long timeMillis, double otherwise) {
        double place = Math.floorMod(timeMillis, SLOTS * SLOT_MILLIS) / (double) SLOT_MILLIS - 0.5;
        int before = (int) Math.floor(place);
        double share = place - before;
        int one = Math.floorMod(before, SLOTS);
        int two = (one + 1) % SLOTS;
        double first = visits[one] > 0 ? means[one] : otherwise;
        double second = visits[two] > 0 ? means[two] : otherwise;
        return first + share * (second - first);
    }

    /// Has this time of day been seen on three days?
    boolean isKnown(long timeMillis) {
        return visits[slotOf(timeMillis)] >= 3;
    }

    void add(long timeMillis, double value) {
        int now = slotOf(timeMillis);
        if (now != slot) {
            leave();
            slot = now;
        }
        sum += value;
        points++;
    }

    private void leave() {
        if (points > 0) {
            double mean = sum / points;
            visits[slot] = (byte) Math.min(visits[slot] + 1, 100);
            means[slot] += (float) ((mean - means[slot]) * Math.max(LEAST_WEIGHT, 1.0 / visits[slot]));
        }
        sum = 0;
        points = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(slot);
        out.writeDouble(sum);
        out.writeInt(points);
        for (int i = 0; i < SLOTS; i++) {
            out.writeByte(visits[i]);
            if (visits[i] > 0) {
                out.writeFloat(means[i]);
            }
        }
    }

    void read(DataInput in) throws IOException {
        slot = in.readByte();
        sum = in.readDouble();
        points = in.readInt();
        for (int i = 0; i < SLOTS; i++) {
            visits[i] = in.readByte();
            means[i] = visits[i] > 0 ? in.readFloat() : 0;
        }
    }
}
