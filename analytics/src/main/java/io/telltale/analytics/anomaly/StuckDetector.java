package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/// Flags a sensor that repeats one value for far longer than it ever has: at least 20 times, and four times its longest
/// run so far. A series that has not yet changed often enough to know is not judged.
final class StuckDetector implements Detector {
    private static final int LEAST_RUN = 20;
    private static final int LONGER = 4;
    private static final int CHANGES_TO_KNOW = 30;

    private double last = Double.NaN;
    private int run;
    private int longest = 1;
    private int changes;

    @Override
    public void add(long eventTimeMillis, double value, Findings findings) {
        if (value != last) {
            longest = Math.max(longest, run);
            changes = Math.min(changes + 1, CHANGES_TO_KNOW);
            last = value;
            run = 1;
            return;
        }
        run++;
        if (changes == CHANGES_TO_KNOW && run == Math.max(LEAST_RUN, LONGER * longest)) {
            findings.found(
                    Anomaly.Kind.STUCK,
                    eventTimeMillis,
                    0.9,
                    value,
                    value,
                    value,
                    value,
                    String.format(
                            Locale.ROOT,
                            "%.4g for %d points in a row; never more than %d before",
                            value,
                            run,
                            longest));
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeDouble(last);
        out.writeInt(run);
        out.writeInt(longest);
        out.writeInt(changes);
    }

    @Override
    public void read(DataInput in) throws IOException {
        last = in.readDouble();
        run = in.readInt();
        longest = in.readInt();
        changes = in.readInt();
    }
}
