package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// A mean for each half hour of the day and how often each was visited, in 160 bytes: as multiples of a unit,
/// counted from the first mean there was. The unit is a power of two that doubles when a mean is too far away,
/// and halves again when none is far any more; so a mean is known to one in 8,000 of the distance between the
/// greatest and the least, and the absolute size of values costs nothing.
final class SlotMeans {
    /// Visits are counted up to here.
    static final int MOST_VISITS = 7;

    private static final int FAR = Short.MAX_VALUE;
    private static final int NEAR = FAR / 4;
    private static final short[] NONE = {};

    private double origin;
    private float unit;
    private short[] multiples = NONE;

    /// The three bits of each slot's visits.
    private long ones;

    private long twos;
    private long fours;

    int visits(int slot) {
        return (int) ((ones >>> slot & 1) + 2 * (twos >>> slot & 1) + 4 * (fours >>> slot & 1));
    }

    void visit(int slot) {
        int more = Math.min(visits(slot) + 1, MOST_VISITS);
        visits(slot, more);
    }

    private void visits(int slot, int number) {
        long rest = ~(1L << slot);
        ones = (ones & rest) | (number & 1L) << slot;
        twos = (twos & rest) | (number >>> 1 & 1L) << slot;
        fours = (fours & rest) | (number >>> 2 & 1L) << slot;
    }

    double mean(int slot) {
        return multiples.length == 0 ? origin : origin + (double) unit * multiples[slot];
    }

    void set(int slot, double mean) {
        if (multiples.length == 0) {
            multiples = new short[DailySeason.SLOTS];
            origin = mean;
        }
        double away = Math.abs(mean - origin);
        if (unit == 0 && away > 0) {
            unit = (float) Math.max(Float.MIN_NORMAL, Math.scalb(1.0, Math.getExponent(away / NEAR)));
        }
        while (away > (double) unit * FAR) {
            coarsen();
        }
        multiples[slot] = unit == 0 ? 0 : (short) Math.round((mean - origin) / unit);
        refine();
    }

    private void coarsen() {
        unit *= 2;
        for (int i = 0; i < multiples.length; i++) {
            multiples[i] = (short) Math.round(multiples[i] / 2f);
        }
    }

    private void refine() {
        int furthest = 0;
        for (short multiple : multiples) {
            furthest = Math.max(furthest, Math.abs(multiple));
        }
        if (furthest == 0) {
            unit = 0;
        } else if (furthest <= NEAR && unit > Float.MIN_NORMAL) {
            unit /= 2;
            for (int i = 0; i < multiples.length; i++) {
                multiples[i] = (short) (2 * multiples[i]);
            }
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(origin);
        out.writeFloat(unit);
        out.writeLong(ones);
        out.writeLong(twos);
        out.writeLong(fours);
        out.writeBoolean(multiples.length > 0);
        for (int i = 0; i < multiples.length; i++) {
            if (visits(i) > 0) {
                out.writeShort(multiples[i]);
            }
        }
    }

    void read(DataInput in) throws IOException {
        origin = in.readDouble();
        unit = in.readFloat();
        ones = in.readLong();
        twos = in.readLong();
        fours = in.readLong();
        multiples = in.readBoolean() ? new short[DailySeason.SLOTS] : NONE;
        for (int i = 0; i < multiples.length; i++) {
            multiples[i] = visits(i) > 0 ? in.readShort() : 0;
        }
    }
}
