package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// For how long the value has stood still, against how long it usually does. A series that hardly ever moves has no
/// usual.
final class Stillness {
    private static final int TRUSTING = 20;

    private final BulkTail lengths = new BulkTail();
    private double value;
    private int points;
    private int moves;

    /// Learns a value, after it has judged it.
    ///
    /// @return decades of improbability
    double add(double x) {
        if (x == value) {
            points++;
        } else {
            value = x;
            points = 0;
            moves = Math.min(moves + 1, TRUSTING);
        }
        double decades = lengths.add(points);
        return moves < TRUSTING ? 0 : decades;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(value);
        out.writeInt(points);
        out.writeByte(moves);
        lengths.write(out);
    }

    void read(DataInput in) throws IOException {
        value = in.readDouble();
        points = in.readInt();
        moves = in.readByte();
        lengths.read(in);
    }
}
