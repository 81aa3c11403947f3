package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// The values of a series that knows but a few, such as a switch: whoever goes back and forth between them does nothing
/// unusual, however rarely. A series with more than [#FEW] different values has none.
final class FewValues {
    private static final int FEW = 4;
    private static final int MANY = FEW + 1;

    private static final double[] NONE = {};

    private double[] values = NONE;
    private byte count;

    /// Whether the series has few values, and this was among them before.
    boolean has(double value) {
        for (int i = 0; count != MANY && i < count; i++) {
            if (values[i] == value) {
                return true;
            }
        }
        return false;
    }

    /// Whether it has more than a few.
    boolean isMany() {
        return count == MANY;
    }

    void add(double value) {
        if (count == MANY || has(value)) {
            return;
        }
        values = count < FEW ? Arrays.copyOf(values, count + 1) : NONE;
        if (count < FEW) {
            values[count] = value;
        }
        count++;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(count);
        for (int i = 0; count != MANY && i < count; i++) {
            out.writeDouble(values[i]);
        }
    }

    void read(DataInput in) throws IOException {
        count = (byte) Math.clamp(in.readByte(), 0, MANY);
        values = count == MANY ? NONE : new double[count];
        for (int i = 0; count != MANY && i < count; i++) {
            values[i] = in.readDouble();
        }
    }
}
