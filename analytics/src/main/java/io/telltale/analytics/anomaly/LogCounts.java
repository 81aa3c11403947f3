package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Counts of sizes on a logarithmic scale, four buckets to an octave, that forget with a horizon of 20,000 sizes. The
/// first bucket holds all below a 256th, the last all from 4096 on. 4 bytes a bucket up to the highest in use.
final class LogCounts {
    static final int BUCKETS = 80;

    private static final double PER_NAT = 4 / Math.log(2);
    private static final double FIRST = 32;
    private static final float GROWTH = 1 + 1 / 20_000f;
    private static final float TOO_HEAVY = 1e6f;

    private float[] counts = new float[8];
    private float weight = 1;
    private float total;

    /// Where on the scale a size lies: its bucket, and how far into it.
    static double position(double size) {
        return size > 0 ? Math.clamp(Math.log(size) * PER_NAT + FIRST, 0, BUCKETS - 1) : 0;
    }

    static double sizeAt(double position) {
        return Math.exp((position - FIRST) / PER_NAT);
    }

    void add(int bucket) {
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, Math.min(BUCKETS, Math.max(bucket + 1, counts.length * 3 / 2)));
        }
        counts[bucket] += weight;
        total += weight;
        weight *= GROWTH;
        if (weight > TOO_HEAVY) {
            total = 0;
            for (int i = 0; i < counts.length; i++) {
                counts[i] /= weight;
                total += counts[i];
            }
            weight = 1;
        }
    }

    /// What the newest size weighs.
    float weight() {
        return weight;
    }

    float total() {
        return total;
    }

    float count(int bucket) {
        return bucket < counts.length ? counts[bucket] : 0;
    }

    double above(int bucket) {
        double above = 0;
        for (int i = counts.length - 1; i > bucket; i--) {
            above += counts[i];
        }
        return above;
    }

    /// The highest bucket in use; 0 when there is none.
    int top() {
        int top = counts.length - 1;
        while (top > 0 && counts[top] <= 0) {
            top--;
        }
        return top;
    }

    /// Where on the scale a share of all sizes ends.
    double quantile(double share) {
        double wanted = share * total;
        double passed = 0;
        for (int i = 0; i < counts.length; i++) {
            if (passed + counts[i] >= wanted && counts[i] > 0) {
                return i + (wanted - passed) / counts[i];
            }
            passed += counts[i];
        }
        return counts.length;
    }

    void write(DataOutput out) throws IOException {
        int used = total > 0 ? top() + 1 : 0;
        out.writeByte(used);
        out.writeFloat(weight);
        for (int i = 0; i < used; i++) {
            Halves.write(counts[i], out);
        }
    }

    void read(DataInput in) throws IOException {
        int used = Math.clamp(in.readByte(), 0, BUCKETS);
        weight = in.readFloat();
        counts = new float[Math.max(8, used)];
        total = 0;
        for (int i = 0; i < used; i++) {
            counts[i] = Halves.read(in);
            total += counts[i];
        }
    }
}
