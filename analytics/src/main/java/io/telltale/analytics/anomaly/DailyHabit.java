package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How odd this time of day has been on the days before: a job that runs every night is no news. The mean over the days
/// of the oddest moment of each half hour; of a time its own and the neighbouring ones count. O(1); 16 bytes until the
/// first oddity, then 160.
final class DailyHabit {
    private static final float WEIGHT = 0.3f;
    private static final short[] NONE = {};
    private static final float[] NOTHING = {};

    /// A half hour is settled this many slots later, so that an event does not excuse itself.
    private static final int SETTLED_AFTER = 4;

    /// Of each slot, as half floats.
    private short[] usual = NONE;

    /// The oddest of the slots that are not settled yet; a slot's place is its number modulo [#SETTLED_AFTER].
    private float[] lately = NOTHING;

    private byte slot = -1;

    /// Learns an oddity, after it has said what was usual at this time.
    double add(long timeMillis, double oddity) {
        int now = DailySeason.slotOf(timeMillis);
        if (now != slot) {
            settleUntil(now);
        }
        if (oddity > 0) {
            if (lately.length == 0) {
                usual = new short[DailySeason.SLOTS];
                lately = new float[SETTLED_AFTER];
            }
            lately[now % SETTLED_AFTER] = Math.max(lately[now % SETTLED_AFTER], (float) oddity);
        }
        return lately.length == 0 ? 0 : Math.max(usual(now), Math.max(usual(now + 1), usual(now - 1)));
    }

    private float usual(int slot) {
        return Float.float16ToFloat(usual[(slot + DailySeason.SLOTS) % DailySeason.SLOTS]);
    }

    private void settleUntil(int now) {
        if (slot >= 0 && lately.length > 0) {
            for (int at = slot; at != now; ) {
                at = (at + 1) % DailySeason.SLOTS;
                settle((at + DailySeason.SLOTS - SETTLED_AFTER) % DailySeason.SLOTS);
            }
        }
        slot = (byte) now;
    }

    private void settle(int past) {
        float before = Float.float16ToFloat(usual[past]);
        usual[past] = Float.floatToFloat16(before + WEIGHT * (lately[past % SETTLED_AFTER] - before));
        lately[past % SETTLED_AFTER] = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(slot);
        out.writeBoolean(lately.length > 0);
        for (float oddest : lately) {
            out.writeFloat(oddest);
        }
        // Which slots are odd at all, and how much those are: most series have few.
        long odd = 0;
        for (int i = 0; i < usual.length; i++) {
            odd |= usual[i] != 0 ? 1L << i : 0;
        }
        if (lately.length > 0) {
            out.writeLong(odd);
        }
        for (short half : usual) {
            if (half != 0) {
                out.writeShort(half);
            }
        }
    }

    void read(DataInput in) throws IOException {
        slot = (byte) Math.clamp(in.readByte(), -1, DailySeason.SLOTS - 1);
        if (!in.readBoolean()) {
            return;
        }
        lately = new float[SETTLED_AFTER];
        for (int i = 0; i < lately.length; i++) {
            lately[i] = in.readFloat();
        }
        usual = new short[DailySeason.SLOTS];
        long odd = in.readLong();
        for (int i = 0; i < usual.length; i++) {
            usual[i] = ((odd >>> i) & 1) == 1 ? in.readShort() : 0;
        }
    }
}
