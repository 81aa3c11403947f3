package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Says of each value of a series how odd it is, from that value and the ones before alone.
///
/// Ten kinds of [Evidence] are each judged against the series' own past, by rank ([RankTail], [RecordTail]) or by the
/// tail that its bulk lets expect ([BulkTail]); their weighted sum is the point's oddity. What is as odd every day at
/// this time is discounted ([DailyHabit]), and an event speaks once ([Episode]).
///
/// A score is 1 minus the share of ordinary points that score as high: with `s` as threshold expect `(1 - s)` false
/// alarms a point, or `(1 - s)` times the points of a day in a day. The curve from oddity to that share is one for all
/// series, measured on recorded and simulated ones (docs/detection.md).
///
/// Values may come at any interval, and times may repeat or step back: every call is one value and gets its score.
/// O(1),
/// some half a microsecond a point (ScorerBench measures it), at most 4 KB when written. Single-threaded.
public final class SeriesScorer {
    private static final byte VERSION = 1;

    /// Beyond, a float overflows, and one infinity would blind the scorer for good.
    private static final double GREATEST = 1e30;

    private static final double TINY = 1e-30;
    private static final double RELATIVE_FLOOR = 1e-4;
    private static final double RATIO_FLOOR = 1e-3;

    /// Up to this part of its usual size a value counts by difference, beyond by ratio.
    private static final double LINEAR_PART = 0.1;

    private static final double HABIT_DISCOUNT = 0.5;
    private static final double MOST_SPREADS = 6;
    private static final double DECADES_AT_NOTHING = 1.8;
    private static final double DECADES_PER_ODDITY = 0.65;

    private final Mean magnitude = new Mean(2000);
    private final Mean ratio = new Mean(5);
    private final Mean rest5 = new Mean(5);
    private final Mean rest30 = new Mean(30);
    private final Spread ratioSpread = new Spread(200);
    private final Spread pointSpread = new Spread(300);
    private final Spread seasonSpread = new Spread(1000);
    private final BulkTail pointTail = new BulkTail();
    private final BulkTail seasonTail = new BulkTail();
    private final BulkTail ratioTail = new BulkTail();
    private final RecordTail range = new RecordTail();
    private final RecordTail ratioRange = new RecordTail();
    private final RecordTail seasonRange = new RecordTail();
    private final Levels levels = new Levels();
    private final DailySeason season = new DailySeason();
    private final DailyHabit habit = new DailyHabit();
    private final Episode episode = new Episode();
    private boolean hasBegun;

    // What the last point was judged by; not part of the state.
    private final double[] said = new double[Evidence.values().length];
    private double oddity;
    private double expected;
    private double halfBand;
    private double pointDecades;

    /// @param value NaN for a point without a value, which scores 0 and teaches nothing
    /// @return 0 to 1, see above
    public double score(long timeMillis, double value) {
        if (Double.isNaN(value)) {
            Arrays.fill(said, 0);
            oddity = 0;
            return 0;
        }
        double sum = judge(timeMillis, Math.clamp(value, -GREATEST, GREATEST));
        oddity = episode.add(sum - HABIT_DISCOUNT * habit.add(timeMillis, sum));
        return oddity > 0 ? 1 - Math.pow(10, -(DECADES_AT_NOTHING + DECADES_PER_ODDITY * oddity)) : 0;
    }

    private double judge(long timeMillis, double x) {
        magnitude.add(Math.abs(x));
        double floor = RELATIVE_FLOOR * magnitude.value() + TINY;
        proportion(x);
        levels.add(x, floor, this::note);
        note(Evidence.RANGE, range.add(x, floor));
        timeOfDay(timeMillis, x, floor);
        double sum = 0;
        for (double part : said) {
            sum += part;
        }
        return sum;
    }

    private void proportion(double x) {
        double y = Math.signum(x) * Math.log1p(Math.abs(x) / (LINEAR_PART * magnitude.value() + TINY));
        if (hasBegun) {
            double off = y - ratio.value();
            note(Evidence.RATIO, ratioTail.add(Math.abs(off) / Math.max(ratioSpread.value(), RATIO_FLOOR)));
            ratioSpread.add(off, RATIO_FLOOR);
        }
        hasBegun = true;
        ratio.add(y);
        note(Evidence.RATIO_RANGE, ratioRange.add(y, RATIO_FLOOR));
    }

    private void timeOfDay(long timeMillis, double x, double floor) {
        double usual = season.expected(timeMillis, levels.longTerm());
        double rest = x - usual;
        double slow = rest - rest30.value();
        if (season.isKnown(timeMillis)) {
            note(Evidence.SEASON, seasonTail.add(Math.abs(slow) / Math.max(seasonSpread.value(), floor)));
            seasonSpread.add(slow, floor);
        } else {
            note(Evidence.SEASON, 0);
        }
        double miss = rest - rest5.value();
        double spread = Math.max(pointSpread.value(), floor);
        expected = usual + rest5.value();
        halfBand = spread;
        pointDecades = pointTail.add(Math.abs(miss) / spread);
        note(Evidence.POINT, pointDecades);
        pointSpread.add(miss, floor);
        note(Evidence.SEASON_RANGE, seasonRange.add(rest, floor));
        rest5.add(rest);
        double most = MOST_SPREADS * seasonSpread.value() + floor;
        rest30.add(Math.clamp(rest, -most, most));
        season.add(timeMillis, x);
    }

    @SuppressWarnings("EnumOrdinal") // a map would box on every point
    private void note(Evidence evidence, double decades) {
        said[evidence.ordinal()] = evidence.weigh(decades);
    }

    /// What was expected of the last point, from the time of day and the points right before it.
    public double expected() {
        return expected;
    }

    /// Does [#expected] know this time of day?
    boolean isSeasonal(long timeMillis) {
        return season.isKnown(timeMillis);
    }

    /// How far from [#expected] one ordinary point in `10^decades` lies, as the last point found it.
    public double halfBand(double decades) {
        return halfBand * pointTail.sizeAt(decades);
    }

    /// The last point's distance from [#expected] in usual ones.
    double usualMiss() {
        return halfBand;
    }

    /// The oddity behind the last score.
    double oddity() {
        return oddity;
    }

    /// How much each [Evidence] said about the last point, by ordinal; not to be changed.
    double[] said() {
        return said;
    }

    /// Decades of improbability of the last point's miss by itself, before it was weighed with all other evidence.
    double pointDecades() {
        return pointDecades;
    }

    /// Decades of improbability of a miss of that size in the place of the last point's.
    double decadesOf(double miss) {
        return pointTail.decadesOf(Math.abs(miss) / halfBand);
    }

    /// The state in a compact, versioned form.
    void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeBoolean(hasBegun);
        for (Mean mean : new Mean[] {magnitude, ratio, rest5, rest30}) {
            mean.write(out);
        }
        for (Spread spread : new Spread[] {ratioSpread, pointSpread, seasonSpread}) {
            spread.write(out);
        }
        for (BulkTail tail : new BulkTail[] {pointTail, seasonTail, ratioTail}) {
            tail.write(out);
        }
        for (RecordTail tail : new RecordTail[] {range, ratioRange, seasonRange}) {
            tail.write(out);
        }
        levels.write(out);
        season.write(out);
        habit.write(out);
        episode.write(out);
    }

    /// Takes over a state that [#write] wrote.
    ///
    /// @return whether it was of this version; when not, nothing was read but the version
    boolean read(DataInput in) throws IOException {
        if (in.readByte() != VERSION) {
            return false;
        }
        hasBegun = in.readBoolean();
        for (Mean mean : new Mean[] {magnitude, ratio, rest5, rest30}) {
            mean.read(in);
        }
        for (Spread spread : new Spread[] {ratioSpread, pointSpread, seasonSpread}) {
            spread.read(in);
        }
        for (BulkTail tail : new BulkTail[] {pointTail, seasonTail, ratioTail}) {
            tail.read(in);
        }
        for (RecordTail tail : new RecordTail[] {range, ratioRange, seasonRange}) {
            tail.read(in);
        }
        levels.read(in);
        season.read(in);
        habit.read(in);
        episode.read(in);
        return true;
    }
}
