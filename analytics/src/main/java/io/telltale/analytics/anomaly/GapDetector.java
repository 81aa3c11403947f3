package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Flags silence that is long against the intervals the series has shown: ten times their mean and ten times their mean
/// deviation from it, twice the longest there was, and [#LEAST_MILLIS] at least. (Of intervals at random, as those of a
/// Poisson process, one in ten million is so long.) On our clock it waits for [#PATIENCE_MILLIS]: the line may be slow.
final class GapDetector {
    private static final double TIMES = 10;
    private static final double TIMES_LONGEST = 2;
    private static final double LEAST_MILLIS = 10_000;
    private static final double PATIENCE_MILLIS = 30_000;
    private static final float WEIGHT = 1 / 16f;
    private static final float FORGETTING = 0.999f;
    private static final int WARM_UP = 10;

    private final Patience patience;
    private float intervalMillis;
    private float deviationMillis;
    private float longestMillis;
    private byte seen;
    private boolean isReported;

    GapDetector(Patience patience) {
        this.patience = patience;
    }

    /// @param lastMillis of the point before; [Long#MIN_VALUE] when there is none
    void add(long eventTimeMillis, long lastMillis, Findings findings) {
        if (lastMillis != Long.MIN_VALUE) {
            float interval = (float) (eventTimeMillis - lastMillis);
            boolean isGap = interval >= limitMillis();
            if (seen == WARM_UP && isGap) {
                report(eventTimeMillis, lastMillis, findings);
            } else {
                learn(interval);
            }
        }
        isReported = false;
    }

    private void learn(float interval) {
        if (seen < WARM_UP) {
            seen++;
        }
        float weight = Math.max(WEIGHT, 1f / seen);
        deviationMillis += weight * (Math.abs(interval - intervalMillis) - deviationMillis);
        intervalMillis += weight * (interval - intervalMillis);
        longestMillis = Math.max(interval, FORGETTING * longestMillis);
    }

    /// @param lastMillis of the newest point
    void silence(long eventTimeMillis, long lastMillis, Findings findings) {
        if (eventTimeMillis >= silentFromMillis(lastMillis)) {
            report(eventTimeMillis, lastMillis, findings);
        }
    }

    private void report(long eventTimeMillis, long lastMillis, Findings findings) {
        if (isReported) {
            return;
        }
        isReported = true;
        findings.found(
                Anomaly.Kind.GAP,
                lastMillis + (long) limitMillis(),
                lastMillis,
                0.9,
                (eventTimeMillis - lastMillis) / 1000.0,
                intervalMillis / 1000,
                0,
                limitMillis() / 1000,
                List.of("silence"),
                String.format(
                        Locale.ROOT,
                        "nothing since %s, while a point comes every %.3g s",
                        Instant.ofEpochMilli(lastMillis),
                        intervalMillis / 1000));
    }

    /// When [#silence] would find something; [Long#MAX_VALUE] when never.
    long silentFromMillis(long lastMillis) {
        return isReported || seen < WARM_UP
                ? Long.MAX_VALUE
                : lastMillis + (long) Math.ceil(Math.max(limitMillis(), PATIENCE_MILLIS));
    }

    private double limitMillis() {
        double usual = TIMES * (intervalMillis + deviationMillis);
        return patience.strictness() * Math.max(LEAST_MILLIS, Math.max(usual, TIMES_LONGEST * longestMillis));
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(intervalMillis);
        out.writeFloat(deviationMillis);
        out.writeFloat(longestMillis);
        out.writeByte(seen);
        out.writeBoolean(isReported);
    }

    void read(DataInput in) throws IOException {
        intervalMillis = in.readFloat();
        deviationMillis = in.readFloat();
        longestMillis = in.readFloat();
        seen = in.readByte();
        isReported = in.readBoolean();
    }
}
