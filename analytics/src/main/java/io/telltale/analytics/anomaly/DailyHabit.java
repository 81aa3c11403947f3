package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How odd this time of day has been on the days before: a job that runs every night is no news. The mean over the days
/// of the oddest moment of each half hour; of a time its own and the neighbouring ones count. O(1), 400 bytes.
final class DailyHabit {
    private static final float WEIGHT = 0.3f;

    /// A half hour is settled this many slots later, so that an event does not excuse itself.
    private static final int SETTLED_AFTER = 4;

    private final float[] usual = new float[DailySeason.SLOTS];
    private final float[] today = new float[DailySeason.SLOTS];
    private int slot = -1;

    /// Learns an oddity, after it has said what was usual at this time.
    double add(long timeMillis, double oddity) {
        int now = DailySeason.slotOf(timeMillis);
        if (now != slot) {
            settleUntil(now);
        }
        today[now] = Math.max(today[now], (float) oddity);
        return Math.max(
                usual[now], Math.max(usual[(now + 1) % usual.length], usual[(now + usual.length - 1) % usual.length]));
    }

    private void settleUntil(int now) {
        if (slot < 0) {
            slot = now;
        }
        while (slot != now) {
            slot = (slot + 1) % usual.length;
            int settled = (slot + usual.length - SETTLED_AFTER) % usual.length;
            usual[settled] += WEIGHT * (today[settled] - usual[settled]);
            today[settled] = 0;
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(slot);
        write(usual, out);
        write(today, out);
    }

    void read(DataInput in) throws IOException {
        slot = in.readByte();
        read(usual, in);
        read(today, in);
    }

    /// Which slots are odd at all, and how much those are: most series have few.
    private static void write(float[] slots, DataOutput out) throws IOException {
        long odd = 0;
        for (int i = 0; i < slots.length; i++) {
            odd |= slots[i] > 0 ? 1L << i : 0;
        }
        out.writeLong(odd);
        for (float slot : slots) {
            if (slot > 0) {
                Halves.write(slot, out);
            }
        }
    }

    private static void read(float[] slots, DataInput in) throws IOException {
        long odd = in.readLong();
        for (int i = 0; i < slots.length; i++) {
            slots[i] = ((odd >>> i) & 1) == 1 ? Halves.read(in) : 0;
        }
    }
}
