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

    private final Mean last = new Mean(5);
    private final Mean longTerm = new Mean(1000);
    private final Mean rest5 = new Mean(5);
    private final Mean off50 = new Mean(50);
    private final Mean bias100 = new Mean(100);
    private final Mean bias1000 = new Mean(1000);
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
    /// @param share of a lasting miss that this one is learned as
    void add(long timeMillis, double x, double magnitude, float share, Sink sink) {
        double y = Math.signum(x) * Math.log1p(Math.abs(x) / (LINEAR_PART * magnitude + TINY));
        if (hasBegun) {
            double step = y - last.value();
            sink.found(Evidence.RATIO, steps.add(Math.abs(step) / Math.max(stepSpread.value(), FLOOR)));
            stepSpread.add(step, FLOOR);
        }
        hasBegun = true;
        last.add(y);
        sink.found(Evidence.RATIO_RANGE, range.add(y, FLOOR));
        timeOfDay(timeMillis, y, share, sink);
    }

    private void timeOfDay(long timeMillis, double y, float share, Sink sink) {
        double rest = y - season.expected(timeMillis, longTerm.value());
        double miss = Math.abs(rest - rest5.value());
        sink.found(Evidence.RATIO_POINT, misses.add(miss / Math.max(restSpread.value(), FLOOR)));
        restSpread.add(rest, FLOOR);
        rest5.add(rest);
        double spreads = rest / Math.max(restSpread.value(), FLOOR);
        off50.add(Math.clamp(spreads, -MOST_OFF, MOST_OFF));
        sink.found(Evidence.OFFSET, offsets.add(Math.abs(off50.value()), share));
        double bias = Math.clamp(spreads, -MOST_BIAS, MOST_BIAS);
        bias100.add(bias);
        bias1000.add(bias);
        sink.found(Evidence.BIAS, biases.add(Math.abs(bias100.value() - bias1000.value()), share));
        longTerm.add(y);
        season.add(timeMillis, y);
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(hasBegun);
        for (Mean mean : means()) {
            mean.write(out);
        }
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
        for (Mean mean : means()) {
            mean.read(in);
        }
        stepSpread.read(in);
        restSpread.read(in);
        season.read(in);
        steps.read(in);
        misses.read(in);
        offsets.read(in);
        biases.read(in);
        range.read(in);
    }

    private Mean[] means() {
        return new Mean[] {last, longTerm, rest5, off50, bias100, bias1000};
    }
}
