package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Counts of sizes on a logarithmic scale, four buckets to an octave, that forget with a horizon of 20,000 sizes. The
/// first bucket holds all below a 256th, the last all from 4096 on.
///
/// A count is a byte, for the first bucket and for each between the lowest and the highest other one in use: the
/// logarithm of how many, which goes up as often as what is added is worth. Ten are known to one, thousands to a
/// sixth. Morris, "Counting large numbers of events in small registers", Communications of the ACM 21 (1978).
/// A judge of sizes extends this instead of holding one: a series has a dozen of them.
abstract class LogCounts {
    static final int BUCKETS = 80;

    private static final double PER_NAT = 4 / Math.log(2);
    private static final double FIRST = 32;
    private static final float GROWTH = 1 + 1 / 20_000f;
    private static final float TOO_HEAVY = 2;
    private static final byte[] NONE = {};

    /// Steps of a count from one to twice as much.
    private static final int PER_OCTAVE = 14;

    /// The step that counts one; the first counts a quarter.
    private static final int ONE = 1 + 2 * PER_OCTAVE;

    private static final float[] COUNTS = steps();

    /// With these and the array's header, memory is full to the word.
    private static final int SLOTS_AT_A_TIME = 8;

    private static final int ODD_SLOTS = 4;

    /// Fibonacci hashing (Knuth, "The Art of Computer Programming" 3): chance enough, and the same every time.
    private static final int SCATTER = 0x9E3779B9;

    /// Of the first bucket, then of the others from [#lowest] on: steps of [#COUNTS].
    private byte[] steps = NONE;

    private float weight = 1;
    private float total;
    private byte lowest = 1;

    private static float[] steps() {
        var counts = new float[1 << Byte.SIZE];
        for (int step = 1; step < counts.length; step++) {
            counts[step] = (float) Math.pow(2, (double) (step - ONE) / PER_OCTAVE);
        }
        return counts;
    }

    /// Where on the scale a size lies: its bucket, and how far into it.
    static double position(double size) {
        return size > 0 ? Math.clamp(Math.log(size) * PER_NAT + FIRST, 0, BUCKETS - 1) : 0;
    }

    static double sizeOf(double position) {
        return Math.exp((position - FIRST) / PER_NAT);
    }

    final void count(int bucket) {
        if (!hasRoom(bucket)) {
            makeRoom(bucket);
        }
        int slot = slotOf(bucket);
        steps[slot] = (byte) oneMore(stepAt(slot));
        total += weight;
        weight *= GROWTH;
        if (weight > TOO_HEAVY) {
            lighten();
        }
    }

    private int oneMore(int step) {
        float count = COUNTS[step] + weight;
        int below = Math.max(step, ONE);
        while (below + 1 < COUNTS.length && COUNTS[below + 1] <= count) {
            below++;
        }
        if (below + 1 == COUNTS.length) {
            return below;
        }
        float part = (count - COUNTS[below]) / (COUNTS[below + 1] - COUNTS[below]);
        int chance = (Float.floatToRawIntBits(weight) * SCATTER) >>> Byte.SIZE;
        return chance < part * (1 << (Integer.SIZE - Byte.SIZE)) ? below + 1 : below;
    }

    private void lighten() {
        weight /= 2;
        total /= 2;
        for (int slot = 0; slot < steps.length; slot++) {
            steps[slot] = (byte) Math.max(0, stepAt(slot) - PER_OCTAVE);
        }
    }

    private boolean hasRoom(int bucket) {
        int slot = slotOf(bucket);
        return slot < steps.length && (slot > 0 || bucket == 0);
    }

    private int slotOf(int bucket) {
        return bucket == 0 ? 0 : bucket - lowest + 1;
    }

    private int stepAt(int slot) {
        return Byte.toUnsignedInt(steps[slot]);
    }

    private void makeRoom(int bucket) {
        int others = Math.max(0, steps.length - 1);
        int wanted = Math.max(1, bucket);
        int low = others == 0 ? wanted : Math.min(lowest, wanted);
        int high = others == 0 ? wanted : Math.max(lowest + others - 1, wanted);
        int slots = high - low + 2;
        int room = Math.ceilDiv(slots - ODD_SLOTS, SLOTS_AT_A_TIME) * SLOTS_AT_A_TIME + ODD_SLOTS;
        if (wanted < lowest) {
            low = Math.max(1, low - (room - slots)); // the room is where it grows
        }
        var roomier = new byte[room];
        if (steps.length > 0) {
            roomier[0] = steps[0];
        }
        if (others > 0) {
            System.arraycopy(steps, 1, roomier, 1 + lowest - low, others);
        }
        steps = roomier;
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
        return hasRoom(bucket) ? COUNTS[stepAt(slotOf(bucket))] : 0;
    }

    /// All in higher buckets.
    final double above(int bucket) {
        double above = 0;
        int from = Math.max(1, bucket - lowest + 2);
        for (int slot = steps.length - 1; slot >= from; slot--) {
            above += COUNTS[stepAt(slot)];
        }
        return above;
    }

    /// The highest bucket in use; 0 when there is none.
    final int top() {
        int top = steps.length - 1;
        while (top > 0 && steps[top] == 0) {
            top--;
        }
        return top <= 0 ? 0 : lowest + top - 1;
    }

    /// Where on the scale a share of all sizes ends.
    final double quantile(double share) {
        double counted = above(0) + countOf(0); // not quite the total
        double wanted = share * counted;
        double passed = 0;
        for (int slot = 0; slot < steps.length; slot++) {
            float count = COUNTS[stepAt(slot)];
            if (passed + count >= wanted && count > 0) {
                return (slot == 0 ? 0 : lowest + slot - 1) + (wanted - passed) / count;
            }
            passed += count;
        }
        return steps.length == 0 ? 0 : lowest + steps.length - 1;
    }

    void write(DataOutput out) throws IOException {
        int used = steps.length;
        while (used > 0 && steps[used - 1] == 0) {
            used--;
        }
        out.writeFloat(weight);
        out.writeFloat(total);
        out.writeByte(lowest);
        out.writeByte(used);
        out.write(steps, 0, used);
    }

    void read(DataInput in) throws IOException {
        weight = in.readFloat();
        total = in.readFloat();
        lowest = (byte) Math.clamp(in.readByte(), 1, BUCKETS - 1);
        var read = new byte[Math.clamp(in.readByte(), 0, BUCKETS + 1 - lowest)];
        in.readFully(read);
        steps = read.length == 0 ? NONE : read;
    }
}
