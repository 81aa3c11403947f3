package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How far out in the tail a size is, if the tail goes on as the bulk begins it: a Weibull distribution through
/// the median and the 95 % quantile of the sizes seen. So up to one size in twenty may be an anomaly without
/// making the next one look ordinary, which ranks alone do not give; and a heavy-tailed series needs more to be
/// odd than a Gaussian one. Weibull, "A statistical distribution function of wide applicability", Journal of
/// Applied Mechanics 18 (1951). O(1); both quantiles are looked up anew every sixteenth size.
final class BulkTail extends LogCounts {
    private static final int TRUSTING = 20;
    private static final int ALWAYS_FITTED = 200;
    private static final double HIGH = 0.95;
    private static final double LOG_MEDIAN_NATS = Math.log(Math.log(2));
    private static final double LOG_HIGH_NATS = Math.log(-Math.log(1 - HIGH));
    private static final double NARROWEST = 2;
    private static final double NATS_PER_DECADE = Math.log(10);
    private static final double MOST_DECADES = 40;

    private float median;
    private float high;
    private float slope;
    private short seen;

    /// Learns a size, after it has judged it.
    ///
    /// @return decades of improbability: 3 when one size in a thousand is as large
    double add(double size) {
        double position = position(size);
        if (seen < ALWAYS_FITTED || seen % 16 == 0) {
            fit();
        }
        double decades = decades(position);
        count((int) position);
        seen = (short) (seen == Short.MAX_VALUE ? Short.MAX_VALUE - 15 : seen + 1);
        return decades;
    }

    private void fit() {
        median = (float) quantile(0.5);
        high = (float) quantile(HIGH);
        slope = (float) ((LOG_HIGH_NATS - LOG_MEDIAN_NATS) / Math.max(high - median, NARROWEST));
    }

    private double decades(double position) {
        if (seen < TRUSTING || high <= 0 || position <= median) {
            return 0;
        }
        double nats = LOG_HIGH_NATS + (position - high) * slope;
        return Math.min(MOST_DECADES, Math.exp(nats) / NATS_PER_DECADE);
    }

    /// Decades of improbability of a size that is not to be learned.
    double decadesOf(double size) {
        return decades(position(size));
    }

    /// The size that is as improbable as that.
    double sizeAt(double decades) {
        return sizeOf(high + (Math.log(decades * NATS_PER_DECADE) - LOG_HIGH_NATS) / slope);
    }

    @Override
    void write(DataOutput out) throws IOException {
        out.writeShort(seen);
        super.write(out);
    }

    @Override
    void read(DataInput in) throws IOException {
        seen = in.readShort();
        super.read(in);
        fit();
    }
}
