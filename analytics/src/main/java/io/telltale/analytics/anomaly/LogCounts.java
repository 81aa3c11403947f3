package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Counts of sizes on a logarithmic scale, four buckets to an octave, that forget with a horizon of 20,000 sizes. The
/// first bucket holds all below a 256th, the last all from 4096 on.
///
/// A count is a half float: 2 bytes for the first bucket and for each between the lowest and the highest other one in
/// use. What a half float cannot hold of a sum it holds in the mean over many, because it is rounded up as often as
/// that part is large. A judge of sizes extends this instead of holding one: a series has a dozen of them.
abstract class LogCounts {
    static final int BUCKETS = 80;

    private static final double PER_NAT = 4 / Math.log(2);
    private static final double FIRST = 32;
    private static final float GROWTH = 1 + 1 / 20_000f;
    private static final float TOO_HEAVY = 2;
    private static final short[] NONE = {};

    /// With these and the array's header, memory is full to the word.
    private static final int SLOTS_AT_A_TIME = 4;

    private static final int ODD_SLOTS = 2;

    private static final int DROPPED_BITS = 13;

    /// Fibonacci hashing (Knuth, "The Art of Computer Programming" 3).
    private static final int SCATTER = 0x9E3779B9;

    /// Of the first bucket, then of the others from [#lowest] on.
    private short[] counts = NONE;

    private float weight = 1;
    private float total;
    private byte lowest = 1;

    /// Where on the scale a size lies: its bucket, and how far into it.
    static double position(double size) {
        return size > 0 ? Math.clamp(Math.log(size) * PER_NAT + FIRST, 0, BUCKETS - 1) : 0;
    }

    static double sizeOf(double position) {
        return Math.exp((position - FIRST) / PER_NAT);
    }

    final void count(int bucket) {
        count(bucket, 1);
    }

    /// @param share of a size that it counts for
    final void count(int bucket, float share) {
        int slot = bucket == 0 ? 0 : bucket - lowest + 1;
        if (slot >= counts.length || (slot <= 0 && bucket > 0)) {
            makeRoom(bucket);
            slot = bucket == 0 ? 0 : bucket - lowest + 1;
        }
        counts[slot] = rounded(Float.float16ToFloat(counts[slot]) + share * weight);
        total += share * weight;
        weight *= GROWTH;
        if (weight > TOO_HEAVY) {
            lighten();
        }
    }

    /// Up as often as the part is large that does not fit.
    private short rounded(float count) {
        int dither = (Float.floatToRawIntBits(weight) * SCATTER) >>> (Integer.SIZE - DROPPED_BITS);
        int bits = (Float.floatToRawIntBits(count) + dither) >>> DROPPED_BITS << DROPPED_BITS;
        return Float.floatToFloat16(Float.intBitsToFloat(bits));
    }

    private void lighten() {
        weight /= 2;
        total = 0;
        for (int i = 0; i < counts.length; i++) {
            float half = Float.float16ToFloat(counts[i]) / 2;
            counts[i] = Float.floatToFloat16(half);
            total += half;
        }
    }

    private void makeRoom(int bucket) {
        int others = Math.max(0, counts.length - 1);
        int wanted = Math.max(1, bucket);
        int low = others == 0 ? wanted : Math.min(lowest, wanted);
        int high = others == 0 ? wanted : Math.max(lowest + others - 1, wanted);
        int slots = high - low + 2;
        int room = Math.ceilDiv(slots - ODD_SLOTS, SLOTS_AT_A_TIME) * SLOTS_AT_A_TIME + ODD_SLOTS;
        if (wanted < lowest) {
            low = Math.max(1, low - (room - slots)); // the room is where it grows
        }
        var roomier = new short[room];
        if (counts.length > 0) {
            roomier[0] = counts[0];
        }
        if (others > 0) {
            System.arraycopy(counts, 1, roomier, 1 + lowest - low, others);
        }
        counts = roomier;
        lowest = (byte) low;
    }

    /// What the newest size weighs.
    final float weight() {
        return weight;
    }

    final float total() {
        return total;
    }

    final float countOf(int bucket) {
        int slot = bucket == 0 ? 0 : bucket - lowest + 1;
        return slot >= counts.length || (slot <= 0 && bucket > 0) ? 0 : Float.float16ToFloat(counts[slot]);
    }

    /// All in higher buckets.
    final double above(int bucket) {
        double above = 0;
        int from = Math.max(1, bucket - lowest + 2);
        for (int i = counts.length - 1; i >= from; i--) {
            above += Float.float16ToFloat(counts[i]);
        }
        return above;
    }

    /// The highest bucket in use; 0 when there is none.
    final int top() {
        int top = counts.length - 1;
        while (top > 0 && counts[top] == 0) {
            top--;
        }
        return top <= 0 ? 0 : lowest + top - 1;
    }

    /// Where on the scale a share of all sizes ends.
    final double quantile(double share) {
        double wanted = share * total;
        double passed = 0;
        for (int i = 0; i < counts.length; i++) {
            float count = Float.float16ToFloat(counts[i]);
            if (passed + count >= wanted && count > 0) {
                return (i == 0 ? 0 : lowest + i - 1) + (wanted - passed) / count;
            }
            passed += count;
        }
        return counts.length == 0 ? 0 : lowest + counts.length - 1;
    }

    void write(DataOutput out) throws IOException {
        int used = counts.length;
        while (used > 0 && counts[used - 1] == 0) {
            used--;
        }
        out.writeFloat(weight);
        out.writeByte(lowest);
        out.writeByte(used);
        for (int i = 0; i < used; i++) {
            out.writeShort(counts[i]);
        }
    }

    void read(DataInput in) throws IOException {
        weight = in.readFloat();
        lowest = (byte) Math.clamp(in.readByte(), 1, BUCKETS - 1);
        counts = new short[Math.clamp(in.readByte(), 0, BUCKETS + 1 - lowest)];
        total = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.readShort();
            total += Float.float16ToFloat(counts[i]);
        }
    }
}
