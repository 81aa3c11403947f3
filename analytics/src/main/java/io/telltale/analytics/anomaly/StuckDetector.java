package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Flags a sensor that repeats one value for longer than it can by chance, given how often it does repeat
/// itself: at least [#LEAST_RUN] times, and twice its longest run so far. One that was told makes the next no more
/// usual, unless they come often. A series that has not yet changed often enough to know is not judged. Nor is one at
/// the least or the greatest value it ever had, or one that
/// has got to its value in a jump: what is at rest, or at the end of its range, may well stand still.
final class StuckDetector {
    private static final int LEAST_RUN = 15;
    private static final int LONGER = 2;

    /// A run that was told is what a healthy series does if another was within so many changes before it.
    private static final short OFTEN = 1000;

    private static final int CHANGES_TO_KNOW = 30;
    private static final float WEIGHT = 1 / 1000f;
    private static final double USUAL_STEPS = 8;
    private static final double MOST_STEPS = 4;

    private final Patience patience;
    private double last = Double.NaN;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private long runSinceMillis;
    private int run;
    private int longest = 1;
    private byte changes;
    private short seen;
    private float repeated;
    private float usualStep;
    private boolean cameInJump;
    private boolean isTold;
    private short changesSinceTold = OFTEN;

    StuckDetector(Patience patience) {
        this.patience = patience;
    }

    void add(long eventTimeMillis, double value, Findings findings) {
        seen = (short) Math.min(seen + 1, Short.MAX_VALUE);
        boolean isSame = value == last;
        if (run < LEAST_RUN || !isSame) {
            repeated += ((isSame ? 1 : 0) - repeated) * Math.max(WEIGHT, 1f / seen);
        }
        if (!isSame) {
            runSinceMillis = eventTimeMillis;
            change(value);
            return;
        }
        run++;
        if (changes < CHANGES_TO_KNOW || run < LEAST_RUN || cameInJump || value <= lowest || value >= highest) {
            return;
        }
        if (run == leastRun()) {
            isTold = true;
            findings.found(
                    Anomaly.Kind.STUCK,
                    eventTimeMillis,
                    runSinceMillis,
                    0.9,
                    value,
                    value,
                    value,
                    value,
                    List.of("repetition"),
                    String.format(
                            Locale.ROOT,
                            "%.4g for %d points in a row; never more than %d before",
                            value,
                            run,
                            longest));
        }
    }

    private int leastRun() {
        double decadesOfOne = -Math.log10(Math.max(repeated, 1.0 / seen));
        return Math.max(
                Math.max(LEAST_RUN, LONGER * longest),
                1 + (int) Math.min(1e6, Math.ceil(patience.decades() / Math.max(1e-6, decadesOfOne))));
    }

    private void change(double value) {
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
        if (!isTold || changesSinceTold < OFTEN) {
            longest = Math.max(longest, run);
        }
        changesSinceTold = isTold ? 0 : (short) Math.min(changesSinceTold + 1, OFTEN);
        isTold = false;
        run = 1;
        if (!Double.isNaN(last)) {
            double step = Math.abs(value - last);
            changes = (byte) Math.min(changes + 1, CHANGES_TO_KNOW);
            cameInJump = step > USUAL_STEPS * usualStep;
            double most = changes == CHANGES_TO_KNOW ? MOST_STEPS * usualStep : step;
            usualStep += (float) ((Math.min(step, most) - usualStep) / changes);
        }
        last = value;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(last);
        out.writeDouble(lowest);
        out.writeDouble(highest);
        out.writeLong(runSinceMillis);
        out.writeInt(run);
        out.writeInt(longest);
        out.writeByte(changes);
        out.writeShort(seen);
        out.writeFloat(repeated);
        out.writeFloat(usualStep);
        out.writeBoolean(cameInJump);
        out.writeBoolean(isTold);
        out.writeShort(changesSinceTold);
    }

    void read(DataInput in) throws IOException {
        last = in.readDouble();
        lowest = in.readDouble();
        highest = in.readDouble();
        runSinceMillis = in.readLong();
        run = in.readInt();
        longest = in.readInt();
        changes = in.readByte();
        seen = in.readShort();
        repeated = in.readFloat();
        usualStep = in.readFloat();
        cameInJump = in.readBoolean();
        isTold = in.readBoolean();
        changesSinceTold = in.readShort();
    }
}
