package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How far out in the tail a size is, by its rank among those seen: conformal prediction's p-value. Vovk,
/// Gammerman and Shafer, "Algorithmic Learning in a Random World" (2005). Beyond the largest seen the tail goes
/// on as a power law of Hill's slope, by one decade at most: Hill, "A simple general approach to inference
/// about the tail of a distribution", Annals of Statistics 3 (1975). O(1).
class RankTail extends LogCounts {
    private static final int TRUSTING = 5;
    private static final double UNTRUSTED_DECADES = 2;
    private static final double MOST_BEYOND = 1;
    private static final double TOP = 0.02;
    private static final double STEEPEST = 0.7;

    private byte aboveNothing;

    /// Learns a size, after it has judged it.
    ///
    /// @return decades of improbability: 3 when one size in a thousand is as large
    final double add(double size) {
        return add(size, true);
    }

    final double add(double size, boolean isLearned) {
        double position = position(size);
        int bucket = (int) position;
        if (position > 0) {
            aboveNothing = (byte) Math.min(aboveNothing + 1, TRUSTING);
        }
        double decades = bucket == 0 ? 0 : decades(position, bucket);
        if (isLearned) {
            count(bucket);
        }
        return decades;
    }

    private double decades(double position, int bucket) {
        double above = above(bucket);
        double within = countOf(bucket);
        double weight = weight();
        double all = total() + weight;
        if (above > 0 || within > 0) {
            return Math.log10(all / (above + within * (1 - (position - bucket)) + 0.5 * weight));
        }
        double rank = Math.log10(all / (0.5 * weight));
        return aboveNothing < TRUSTING ? Math.min(rank, UNTRUSTED_DECADES) : rank + beyond(position);
    }

    private double beyond(double position) {
        int top = top();
        double enough = Math.max(total() * TOP, TRUSTING * weight());
        double taken = 0;
        double moment = 0;
        int low = top;
        for (; low > 0 && taken < enough; low--) {
            taken += countOf(low);
            moment += countOf(low) * (top - low + 0.5);
        }
        double excess = taken > 0 ? (top - low) - moment / taken : 1;
        return Math.min(MOST_BEYOND, (position - top - 1) / Math.max(excess, STEEPEST) / Math.log(10));
    }

    @Override
    void write(DataOutput out) throws IOException {
        out.writeByte(aboveNothing);
        super.write(out);
    }

    @Override
    void read(DataInput in) throws IOException {
        aboveNothing = in.readByte();
        super.read(in);
    }
}
