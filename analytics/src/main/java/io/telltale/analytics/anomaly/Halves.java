package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Floats in two bytes: the range of a float with three digits, which is enough for counts and shares.
final class Halves {
    private static final int DROPPED_BITS = 16;
    private static final int HALF = 1 << (DROPPED_BITS - 1);

    private Halves() {}

    static void write(float x, DataOutput out) throws IOException {
        out.writeShort((Float.floatToIntBits(x) + HALF) >>> DROPPED_BITS);
    }

    static float read(DataInput in) throws IOException {
        return Float.intBitsToFloat(in.readShort() << DROPPED_BITS);
    }
}
