package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The mean absolute size of something, of which a single size counts four times the mean at most: one wild value does
/// not hide the next. Huber, "Robust estimation of a location parameter", Annals of Mathematical Statistics 35 (1964).
final class Spread {
    private static final int TRUSTING = 20;
    private static final double MOST = 4;

    private final Mean mean;
    private int seen;

    Spread(int points) {
        mean = new Mean(points);
    }

    /// @param floor what counts as something, so that a series that stood still can wake up
    void add(double x, double floor) {
        double size = Math.abs(x);
        if (seen < TRUSTING) {
            seen++;
        } else {
            size = Math.min(size, MOST * Math.max(mean.value(), floor));
        }
        mean.add(size);
    }

    double value() {
        return mean.value();
    }

    void write(DataOutput out) throws IOException {
        mean.write(out);
        out.writeByte(seen);
    }

    void read(DataInput in) throws IOException {
        mean.read(in);
        seen = in.readByte();
    }
}
