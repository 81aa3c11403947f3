package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The mean absolute size of something, of which a single size counts four times the mean at most: one wild value does
/// not hide the next. Huber, "Robust estimation of a location parameter", Annals of Mathematical Statistics 35 (1964).
/// Else a [Mean], of three digits more than anybody asks of a spread.
final class Spread {
    private static final int TRUSTING = 20;
    private static final double MOST = 4;

    private final short points;
    private short seen;
    private float mean;

    /// @param points that it looks back, roughly; more than 20
    Spread(int points) {
        this.points = (short) points;
    }

    /// @param floor what counts as something, so that a series that stood still can wake up
    void add(double x, double floor) {
        double size = Math.abs(x);
        if (seen >= TRUSTING) {
            size = Math.min(size, MOST * Math.max(mean, floor));
        }
        seen = (short) Math.min(seen + 1, points);
        mean += (float) ((size - mean) / seen);
    }

    double value() {
        return mean;
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(mean);
        out.writeShort(seen);
    }

    void read(DataInput in) throws IOException {
        mean = in.readFloat();
        seen = in.readShort();
    }
}
