package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// What the time of day tells about the value: its mean in each half hour over the last days, interpolated between.
/// A half hour counts as one visit however many points it has. O(1), 200 bytes.
final class DailySeason {
    static final int SLOTS = 48;
    static final long SLOT_MILLIS = 86_400_000L / SLOTS;

    private static final float LEAST_WEIGHT = 0.15f;

    private final SlotMeans means = new SlotMeans();
    private double sum;
    private int points;
    private byte slot = -1;

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
        double first = means.visits(one) > 0 ? means.mean(one) : otherwise;
        double second = means.visits(two) > 0 ? means.mean(two) : otherwise;
        return first + share * (second - first);
    }

    /// Has this time of day been seen on three days?
    boolean isKnown(long timeMillis) {
        return means.visits(slotOf(timeMillis)) >= 3;
    }

    void add(long timeMillis, double value) {
        int now = slotOf(timeMillis);
        if (now != slot) {
            leave();
            slot = (byte) now;
        }
        sum += value;
        points++;
    }

    private void leave() {
        if (points > 0) {
            double mean = sum / points;
            boolean isFirst = means.visits(slot) == 0;
            means.visit(slot);
            double before = isFirst ? 0 : means.mean(slot);
            means.set(slot, before + (mean - before) * Math.max(LEAST_WEIGHT, 1.0 / means.visits(slot)));
        }
        sum = 0;
        points = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(slot);
        out.writeDouble(sum);
        out.writeInt(points);
        means.write(out);
    }

    void read(DataInput in) throws IOException {
        slot = (byte) Math.clamp(in.readByte(), -1, SLOTS - 1);
        sum = in.readDouble();
        points = in.readInt();
        means.read(in);
    }
}
