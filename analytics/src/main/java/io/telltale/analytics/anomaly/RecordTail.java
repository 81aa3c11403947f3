package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How odd it is that a value leaves the range of all values so far: by how much, in parts of that range, ranked among
/// the earlier records. Records of a stationary series become rare as 1/n and small, whatever its distribution:
/// Chandler, "The distribution and frequency of record values", Journal of the Royal Statistical Society B 14 (1952).
/// O(1) but for a record.
final class RecordTail extends RankTail {
    private static final int TRUSTING = 19;
    private static final double PERCENT = 100;
    private static final double NOTHING = 0.01;

    private double low;
    private double high;
    private byte seen;

    /// Learns a value, after it has judged it.
    ///
    /// @param floor the narrowest range that means something
    /// @return decades of improbability
    double add(double value, double floor) {
        if (seen < TRUSTING) {
            low = seen == 0 ? value : Math.min(low, value);
            high = seen == 0 ? value : Math.max(high, value);
            seen++;
            return 0;
        }
        double beyond = Math.max(0, Math.max(value - high, low - value));
        if (beyond < NOTHING * floor) {
            beyond = 0; // rounding
        }
        double decades = add(PERCENT * beyond / Math.max(high - low, floor));
        low = Math.min(low, value);
        high = Math.max(high, value);
        return decades;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    @Override
    void write(DataOutput out) throws IOException {
        out.writeByte(seen);
        out.writeDouble(low);
        out.writeDouble(high);
        super.write(out);
    }

    @Override
    void read(DataInput in) throws IOException {
        seen = in.readByte();
        low = in.readDouble();
        high = in.readDouble();
        super.read(in);
    }
}
