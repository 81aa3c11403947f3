package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Flags a value that changes faster than the configured [Limits] allow, when it begins to.
final class RateOfChangeDetector {
    private static final double MILLIS_PER_SECOND = 1000;

    private final Limits limits;
    private long lastMillis = Long.MIN_VALUE;
    private double last;
    private boolean fast;

    RateOfChangeDetector(Limits limits) {
        this.limits = limits;
    }

    void add(long eventTimeMillis, double value, Findings findings) {
        if (lastMillis != Long.MIN_VALUE) {
            double seconds = (eventTimeMillis - lastMillis) / MILLIS_PER_SECOND;
            double step = limits.maxRatePerSecond() * seconds;
            boolean isFast = Math.abs(value - last) > step;
            if (isFast && !fast) {
                findings.found(
                        Anomaly.Kind.RATE_OF_CHANGE,
                        eventTimeMillis,
                        lastMillis,
                        1,
                        value,
                        last,
                        last - step,
                        last + step,
                        List.of("rate"),
                        String.format(
                                Locale.ROOT,
                                "changed by %.4g in %.3g s; allowed are %.4g a second",
                                value - last,
                                seconds,
                                limits.maxRatePerSecond()));
            }
            fast = isFast;
        }
        lastMillis = eventTimeMillis;
        last = value;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(lastMillis);
        out.writeDouble(last);
        out.writeBoolean(fast);
    }

    void read(DataInput in) throws IOException {
        lastMillis = in.readLong();
        last = in.readDouble();
        fast = in.readBoolean();
    }
}
