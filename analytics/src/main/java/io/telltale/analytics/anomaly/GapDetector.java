package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/// Flags silence that is long against the interval the series has shown: ten times its running mean, and 30 s at least.
final class GapDetector implements Detector {
    private static final double TIMES = 10;
    private static final double LEAST_MILLIS = 30_000;
    private static final double WEIGHT = 1 / 16.0;
    private static final int WARM_UP = 10;

    private long lastMillis = Long.MIN_VALUE;
    private double intervalMillis;
    private int seen;
    private boolean reported;

    @Override
    public void add(long eventTimeMillis, double value, Findings findings) {
        if (lastMillis != Long.MIN_VALUE) {
            silence(eventTimeMillis, findings);
            double interval = eventTimeMillis - lastMillis;
            // A gap says nothing about the interval.
            if (seen < WARM_UP || interval <= limitMillis()) {
                seen = Math.min(seen + 1, WARM_UP);
                intervalMillis += (interval - intervalMillis) * Math.max(WEIGHT, 1.0 / seen);
            }
        }
        lastMillis = eventTimeMillis;
        reported = false;
    }

    @Override
    public void silence(long eventTimeMillis, Findings findings) {
        if (eventTimeMillis < silentFromMillis()) {
            return;
        }
        reported = true;
        double observed = (eventTimeMillis - lastMillis) / 1000.0;
        double limit = limitMillis() / 1000;
        findings.found(
                Anomaly.Kind.GAP,
                lastMillis,
                0.9,
                observed,
                intervalMillis / 1000,
                0,
                limit,
                String.format(
                        Locale.ROOT,
                        "nothing since %s, while a point comes every %.3g s",
                        Instant.ofEpochMilli(lastMillis),
                        intervalMillis / 1000));
    }

    @Override
    public long silentFromMillis() {
        return reported || seen < WARM_UP ? Long.MAX_VALUE : lastMillis + (long) Math.ceil(limitMillis());
    }

    private double limitMillis() {
        return Math.max(TIMES * intervalMillis, LEAST_MILLIS);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(lastMillis);
        out.writeDouble(intervalMillis);
        out.writeInt(seen);
        out.writeBoolean(reported);
    }

    @Override
    public void read(DataInput in) throws IOException {
        lastMillis = in.readLong();
        intervalMillis = in.readDouble();
        seen = in.readInt();
        reported = in.readBoolean();
    }
}
