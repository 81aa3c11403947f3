package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// An exponential mean that begins as a plain one, so that the first value does not weigh for long.
/// Roberts, "Control chart tests based on geometric moving averages", Technometrics 1 (1959).
final class Mean {
    private final float least;
    private double value;
    private int seen;

    /// @param points that the mean looks back, roughly
    Mean(int points) {
        least = 1f / points;
    }

    void add(double x) {
        double weight = least;
        if (seen * least < 1) {
            seen++;
            weight = Math.max(least, 1.0 / seen);
        }
        value += (x - value) * weight;
    }

    double value() {
        return value;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(value);
        out.writeShort(seen);
    }

    void read(DataInput in) throws IOException {
        value = in.readDouble();
        seen = in.readShort();
    }
}
