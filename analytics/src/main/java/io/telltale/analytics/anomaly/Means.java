package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Several [Mean]s that are told something at every point, in half the memory.
final class Means {
    private final short[] points;
    private final double[] values;
    private short seen;

    /// @param points that each looks back, roughly; not to be changed
    Means(short[] points) {
        this.points = points;
        values = new double[points.length];
    }

    /// A point has come, of which each is told once.
    void next() {
        seen = (short) Math.min(seen + 1, Short.MAX_VALUE);
    }

    void add(int which, double x) {
        values[which] += (x - values[which]) / Math.min(points[which], seen);
    }

    double value(int which) {
        return values[which];
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(seen);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    void read(DataInput in) throws IOException {
        seen = in.readShort();
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
    }
}
