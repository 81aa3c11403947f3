package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The value on a signed logarithmic scale, and what is odd about it there: a step, a record, a miss from the time of
/// day, and a mild miss that lasts. For the last a point counts a few spreads at most, so that no spike passes for a
/// change of level: a control chart of bounded misses, after Huber, "Robust estimation of a location parameter",
/// Annals of Mathematical Statistics 35 (1964). O(1).
final class Proportions {
    /// Up to this part of its usual size a value counts by difference, beyond by ratio.
    private static final double LINEAR_PART = 0.1;

    private static final double TINY = 1e-30;
    private static final double FLOOR = 1e-3;
    private static final double MOST_OFF = 6;
    private static final double MOST_BIAS = 3;

    private static final short[] POINTS = {5, 1000, 5, 50, 100, 1000};
    private static final int LAST = 0;
    private static final int LONG_TERM = 1;
    private static final int REST_5 = 2;
    private static final int OFF_50 = 3;
    private static final int BIAS_100 = 4;
    private static final int BIAS_1000 = 5;

    private final Means means = new Means(POINTS);
    private final Spread stepSpread = new Spread(200);
    private final Spread restSpread = new Spread(1000);
    private final DailySeason season = new DailySeason();
    private final BulkTail steps = new BulkTail();
    private final BulkTail misses = new BulkTail();
    private final RankTail offsets = new RankTail();
    private final RankTail biases = new RankTail();
    private final RecordTail range = new RecordTail();
    private boolean hasBegun;

    /// @param magnitude the usual size of a value
    /// @param isLearned whether what lasts is usual from now on
    void add(long timeMillis, double x, double magnitude, boolean isLearned, Sink sink) {
        means.next();
        double y = Math.signum(x) * Math.log1p(Math.abs(x) / (LINEAR_PART * magnitude + TINY));
        if (hasBegun) {
            double step = y - means.value(LAST);
            sink.found(Evidence.RATIO, steps.add(Math.abs(step) / Math.max(stepSpread.value(), FLOOR)));
            stepSpread.add(step, FLOOR);
        }
        hasBegun = true;
        means.add(LAST, y);
        sink.found(Evidence.RATIO_RANGE, range.add(y, FLOOR));
        timeOfDay(timeMillis, y, isLearned, sink);
    }

    private void timeOfDay(long timeMillis, double y, boolean isLearned, Sink sink) {
        double rest = y - season.expected(timeMillis, means.value(LONG_TERM));
        double miss = Math.abs(rest - means.value(REST_5));
        sink.found(Evidence.RATIO_POINT, misses.add(miss / Math.max(restSpread.value(), FLOOR)));
        restSpread.add(rest, FLOOR);
        means.add(REST_5, rest);
        double spreads = rest / Math.max(restSpread.value(), FLOOR);
        means.add(OFF_50, Math.clamp(spreads, -MOST_OFF, MOST_OFF));
        sink.found(Evidence.OFFSET, offsets.add(Math.abs(means.value(OFF_50)), isLearned));
        double bias = Math.clamp(spreads, -MOST_BIAS, MOST_BIAS);
        means.add(BIAS_100, bias);
        means.add(BIAS_1000, bias);
        double bent = Math.abs(means.value(BIAS_100) - means.value(BIAS_1000));
        sink.found(Evidence.BIAS, biases.add(bent, isLearned));
        means.add(LONG_TERM, y);
        season.add(timeMillis, y);
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(hasBegun);
        means.write(out);
        stepSpread.write(out);
        restSpread.write(out);
        season.write(out);
        steps.write(out);
        misses.write(out);
        offsets.write(out);
        biases.write(out);
        range.write(out);
    }

    void read(DataInput in) throws IOException {
        hasBegun = in.readBoolean();
        means.read(in);
        stepSpread.read(in);
        restSpread.read(in);
        season.read(in);
        steps.read(in);
        misses.read(in);
        offsets.read(in);
        biases.read(in);
        range.read(in);
    }
}
