package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How surprising it is that a value follows the one before, by the eighths of [Shape] in which they lie: minus the
/// logarithm of the share of the times after that eighth, ranked among the earlier surprises. So an order of values is
/// odd though each of them is ordinary: a first-order Markov chain, as Ye, "A Markov chain model of temporal behavior
/// for anomaly detection", IEEE SMC Information Assurance Workshop (2000). O(1).
final class Succession extends RankTail {
    private static final int TRUSTING = 50;

    /// What is not known yet is as likely as an eighth, and that is worth so many times seen.
    private static final double PRIOR = 5;

    private static final int MOST = 255;

    /// How often each eighth came after each, as unsigned bytes; a row is halved when one of it is full.
    private final byte[] times = new byte[Shape.BINS * Shape.BINS];

    private byte last;
    private byte seen;

    /// Learns that a value was in that eighth, after it has judged it.
    ///
    /// @return decades of improbability
    double follow(int eighth) {
        int row = last * Shape.BINS;
        last = (byte) eighth;
        int all = 0;
        for (int i = row; i < row + Shape.BINS; i++) {
            all += Byte.toUnsignedInt(times[i]);
        }
        double share = (Byte.toUnsignedInt(times[row + eighth]) + PRIOR / Shape.BINS) / (all + PRIOR);
        if (Byte.toUnsignedInt(++times[row + eighth]) == MOST) {
            halve(row);
        }
        if (seen < TRUSTING) {
            seen++;
            return 0;
        }
        return add(-Math.log10(share));
    }

    private void halve(int row) {
        for (int i = row; i < row + Shape.BINS; i++) {
            times[i] = (byte) (Byte.toUnsignedInt(times[i]) / 2);
        }
    }

    @Override
    void write(DataOutput out) throws IOException {
        super.write(out);
        out.write(times);
        out.writeByte(last);
        out.writeByte(seen);
    }

    @Override
    void read(DataInput in) throws IOException {
        super.read(in);
        in.readFully(times);
        last = (byte) Math.clamp(in.readByte(), 0, Shape.BINS - 1);
        seen = in.readByte();
    }
}
