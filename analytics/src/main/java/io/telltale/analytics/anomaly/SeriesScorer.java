package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Says of each value of a series how odd it is, from that value and the ones before alone.
///
/// Fourteen kinds of [Evidence] are each judged against the series' own past, by rank ([RankTail], [RecordTail]) or by
/// the tail that its bulk lets expect ([BulkTail]); their weighted sum is the point's oddity. What speaks of this very
/// point is heard for itself as well, so that a lasting state neither hides nor drowns it. What is as odd every day at
/// this time is discounted ([DailyHabit]), and an event speaks once ([Episode]).
///
/// A score is 1 minus the share of ordinary points that score as high: with `s` as threshold expect `(1 - s)` false
/// alarms a point, or `(1 - s)` times the points of a day in a day. The curve from oddity to that share is one for all
/// series, measured on recorded and simulated ones (docs/detection.md).
///
/// Values may come at any interval, and times may repeat or step back: every call is one value and gets its score.
/// O(1), some half a microsecond a point (ScorerBench measures it), at most 4 KB when written. Single-threaded.
public final class SeriesScorer {
    private static final byte VERSION = 5;

    /// Beyond, a float overflows, and one infinity would blind the scorer for good.
    private static final double GREATEST = 1e30;

    private static final double TINY = 1e-30;
    private static final double RELATIVE_FLOOR = 1e-4;
    private static final double HABIT_DISCOUNT = 0.4;

    /// The whole has more voices than the point alone, and must be louder by that much.
    private static final double MORE_VOICES = 0.5;

    /// From here on a point is odd, before anything is taken off its sum.
    static final double ODD = 2;

    /// What lasts while points are odd is learned at one of ten: else one fault would make the next usual, and if at
    /// none, a change that stays would be odd for ever.
    private static final int LEARNED_ONE_IN = 10;

    /// Of what has lasted over the last hundreds of points only the rest is news.
    private static final double USUAL_LASTING = 0.7;

    private static final boolean[] INSTANT = instant();
    private static final double DECADES_AT_NOTHING = 1.8;
    private static final double DECADES_PER_ODDITY = 0.46;

    private final Mean magnitude = new Mean(2000);
    private final Mean rest5 = new Mean(5);
    private final Spread pointSpread = new Spread(300);
    private final BulkTail pointTail = new BulkTail();
    private final RecordTail range = new RecordTail();
    private final RecordTail seasonRange = new RecordTail();
    private final DailySeason season = new DailySeason();
    private final Levels levels = new Levels();
    private final Proportions proportions = new Proportions();
    private final Shape shape = new Shape();
    private final Succession succession = new Succession();
    private final Stillness stillness = new Stillness();
    private final DailyHabit habit = new DailyHabit();
    private final DailyHabit instantHabit = new DailyHabit();
    private final Mean lasting = new Mean(500);
    private final Episode episode = new Episode();
    private final Episode instantEpisode = new Episode();
    /// How many points in a row have been odd, up to [#LEARNED_ONE_IN] and from 1 again; 0 when the last was not.
    private byte odd;

    private final Sink sink = this::note;

    // What the last point was judged by; not part of the state.
    private final float[] said = new float[INSTANT.length];
    private float oddity;
    private float halfBand;
    private float pointDecades;
    private double expected;

    /// @param value NaN for a point without a value, which scores 0 and teaches nothing
    /// @return 0 to 1, see above
    public double score(long timeMillis, double value) {
        if (Double.isNaN(value)) {
            Arrays.fill(said, 0);
            oddity = 0;
            return 0;
        }
        judge(timeMillis, Math.clamp(value, -GREATEST, GREATEST));
        double lasts = 0;
        double instant = 0;
        for (int i = 0; i < said.length; i++) {
            lasts += INSTANT[i] ? 0 : said[i];
            instant += INSTANT[i] ? said[i] : 0;
        }
        odd = (byte) (instant + lasts >= ODD ? odd % LEARNED_ONE_IN + 1 : 0);
        double whole = instant + Math.max(0, lasts - USUAL_LASTING * lasting.value());
        lasting.add(lasts);
        oddity = (float) Math.max(
                episode.add(whole - MORE_VOICES - HABIT_DISCOUNT * habit.add(timeMillis, whole)),
                instantEpisode.add(instant - HABIT_DISCOUNT * instantHabit.add(timeMillis, instant)));
        return oddity > 0 ? 1 - Math.pow(10, -(DECADES_AT_NOTHING + DECADES_PER_ODDITY * oddity)) : 0;
    }

    private void judge(long timeMillis, double x) {
        magnitude.add(Math.abs(x));
        double floor = RELATIVE_FLOOR * magnitude.value() + TINY;
        boolean isLearned = odd % LEARNED_ONE_IN == 0;
        proportions.add(timeMillis, x, magnitude.value(), isLearned, sink);
        levels.add(x, floor, sink);
        note(Evidence.RANGE, range.add(x, floor));
        note(Evidence.SHAPE, shape.add(x, isLearned));
        note(Evidence.SUCCESSION, succession.follow(shape.bin()));
        note(Evidence.STILL, stillness.add(x));
        timeOfDay(timeMillis, x, floor);
    }

    private void timeOfDay(long timeMillis, double x, double floor) {
        double usual = season.expected(timeMillis, levels.longTerm());
        double rest = x - usual;
        double miss = rest - rest5.value();
        double spread = Math.max(pointSpread.value(), floor);
        expected = usual + rest5.value();
        halfBand = (float) spread;
        pointDecades = (float) pointTail.add(Math.abs(miss) / spread);
        note(Evidence.POINT, pointDecades);
        pointSpread.add(miss, floor);
        note(Evidence.SEASON_RANGE, seasonRange.add(rest, floor));
        rest5.add(rest);
        season.add(timeMillis, x);
    }

    private static boolean[] instant() {
        var all = Evidence.values();
        var instant = new boolean[all.length];
        for (int i = 0; i < all.length; i++) {
            instant[i] = all[i].isInstant();
        }
        return instant;
    }

    @SuppressWarnings("EnumOrdinal") // a map would box on every point
    private void note(Evidence evidence, double decades) {
        said[evidence.ordinal()] = (float) evidence.weigh(decades);
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
    float[] said() {
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
        magnitude.write(out);
        rest5.write(out);
        pointSpread.write(out);
        pointTail.write(out);
        range.write(out);
        seasonRange.write(out);
        season.write(out);
        levels.write(out);
        proportions.write(out);
        shape.write(out);
        succession.write(out);
        stillness.write(out);
        lasting.write(out);
        out.writeByte(odd);
        habit.write(out);
        instantHabit.write(out);
        episode.write(out);
        instantEpisode.write(out);
    }

    /// Takes over a state that [#write] wrote.
    ///
    /// @return whether it was of this version; when not, nothing was read but the version
    boolean read(DataInput in) throws IOException {
        if (in.readByte() != VERSION) {
            return false;
        }
        magnitude.read(in);
        rest5.read(in);
        pointSpread.read(in);
        pointTail.read(in);
        range.read(in);
        seasonRange.read(in);
        season.read(in);
        levels.read(in);
        proportions.read(in);
        shape.read(in);
        succession.read(in);
        stillness.read(in);
        lasting.read(in);
        odd = in.readByte();
        habit.read(in);
        instantHabit.read(in);
        episode.read(in);
        instantEpisode.read(in);
        return true;
    }
}
