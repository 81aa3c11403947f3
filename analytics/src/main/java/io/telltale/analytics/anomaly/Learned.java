package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Judges a series that has shown more than a few values. A point is odd by itself when its miss is improbable
/// ([BulkTail]), it is not as usual where the series is now, and not at a place it knows from earlier
/// ([Places]). A run of such points is one [Event]. What [SeriesScorer] says of all evidence together is heard
/// beside it: it knows of slow changes and of the time of day, but never gets as sure of itself as few false
/// alarms need of fast series.
final class Learned {
    private static final Set<Evidence> OF_LEVELS =
            EnumSet.of(Evidence.LEVEL, Evidence.SHIFT, Evidence.OFFSET, Evidence.BIAS);
    private static final Set<Evidence> OF_SPREAD = EnumSet.of(Evidence.NOISE, Evidence.SHAPE);
    private static final double ODD_DECADES = 3;
    private static final double BAND_DECADES = 3;
    private static final double WORTH_A_LOOK = 0.99;
    private static final int BOTH_SIDES = 2;
    private static final double GOOD_PART = 0.09;
    private static final double SUM_PER_DECADE = 8;
    private static final double WORTH_A_LOOK_SUM = 40;
    private static final int SUDDEN = 10;

    private final SeriesScorer scorer = new SeriesScorer();
    private final Mean recent = new Mean(5);
    private final Places places = new Places();
    private final Leaving leaving = new Leaving();
    private final Event event = new Event();

    /// Learns a value without judging it.
    void learn(long timeMillis, double value, double floor) {
        scorer.score(timeMillis, value);
        recent.add(value);
        places.add(value, scorer.expected(), floor, scorer.pointDecades() > ODD_DECADES);
        leaving.add(value, floor);
    }

    /// @param floor no difference up to this is odd by itself
    void judge(long timeMillis, double value, double floor, Patience patience, Findings findings) {
        double score = scorer.score(timeMillis, value);
        double expected = scorer.expected();
        boolean isUsual = places.isUsual(value, expected, floor);
        boolean isKnown = !isUsual && places.isKnown(value, floor);
        if (places.add(value, expected, floor, scorer.pointDecades() > ODD_DECADES)) {
            leaving.restart();
        }
        double from = leaving.from();
        leaving.add(value, floor);
        boolean isStep = Math.abs(value - expected) <= floor;
        // What the time of day lets expect may leap from one half hour to the next; then it is not the value that is
        // odd.
        double leap = value - recent.value();
        recent.add(value);
        double alone = isStep || isUsual || isKnown ? 0 : Math.min(scorer.pointDecades(), scorer.decadesOf(leap));
        if (event.isFresh() && !isKnown) {
            // What happened has taught the scorer to expect it; it is still far from where it came from.
            alone = Math.max(alone, scorer.decadesOf(value - event.from()));
        }
        double together = event.add(timeMillis, alone, value, expected);
        if (together == 0 && score < WORTH_A_LOOK && leaving.sum() < WORTH_A_LOOK_SUM) {
            return;
        }
        double needed = patience.decades();
        if (leaving.sum() > needed * SUM_PER_DECADE) {
            leaving.restart();
            if (!places.isKnown(value, floor) && event.tell(timeMillis, from)) {
                var words = words(Anomaly.Kind.DRIFT, timeMillis, value);
                tell(words, timeMillis, needed, List.of("drift"), words.ofEvent(), findings);
                return;
            }
        }
        double ofAll = -Math.log10(Math.max(1 - score, Double.MIN_NORMAL));
        boolean isByEvent = together >= needed;
        if (!isByEvent && (ofAll < needed || ((isStep || isKnown) && kind() == Anomaly.Kind.SPIKE))) {
            return;
        }
        if (!event.tell(timeMillis, expected)) {
            return;
        }
        if (isByEvent) {
            var kind = kind(alone >= needed);
            var words = words(kind, timeMillis, value);
            tell(words, timeMillis, together, List.of(alone >= needed ? "point" : "run"), words.ofEvent(), findings);
        } else {
            var spoke = spoke();
            var words = words(kind(), timeMillis, value);
            tell(
                    words,
                    timeMillis,
                    ofAll,
                    spoke.stream().map(Evidence::word).toList(),
                    words.of(spoke.getFirst()),
                    findings);
        }
    }

    private Words words(Anomaly.Kind kind, long timeMillis, double value) {
        double sigma = Scale.SIGMAS_PER_MEAN_MISS * scorer.usualMiss();
        boolean isSeasonal = scorer.isSeasonal(timeMillis);
        return new Words(kind, value, scorer.expected(), sigma, isSeasonal, event.sinceMillis(), event.from());
    }

    private void tell(
            Words words,
            long timeMillis,
            double decades,
            List<String> evidence,
            String explanation,
            Findings findings) {
        double halfBand = scorer.halfBand(BAND_DECADES);
        findings.found(
                words.kind(),
                timeMillis,
                words.sinceMillis(),
                Scale.score(decades),
                words.value(),
                words.expected(),
                words.expected() - halfBand,
                words.expected() + halfBand,
                evidence,
                explanation);
    }

    /// What said a good part of the sum, the strongest first.
    @SuppressWarnings("EnumOrdinal") // as below
    private List<Evidence> spoke() {
        float[] said = scorer.said();
        double all = 0;
        for (float part : said) {
            all += part;
        }
        double enough = GOOD_PART * all;
        return Arrays.stream(Evidence.values())
                .filter(evidence -> said[evidence.ordinal()] >= enough)
                .sorted(Comparator.comparingDouble(evidence -> -said[evidence.ordinal()]))
                .toList();
    }

    /// By how the event has gone so far.
    private Anomaly.Kind kind(boolean byOnePoint) {
        if (event.onOtherSide() >= BOTH_SIDES) {
            return Anomaly.Kind.NOISE_BURST;
        }
        if (byOnePoint) {
            return Anomaly.Kind.SPIKE;
        }
        return event.length() <= SUDDEN ? Anomaly.Kind.LEVEL_SHIFT : Anomaly.Kind.DRIFT;
    }

    /// By the evidence that spoke most.
    @SuppressWarnings("EnumOrdinal") // what was said is in an array, because a map would box on every point
    private Anomaly.Kind kind() {
        float[] said = scorer.said();
        double ofPoint = 0;
        double ofLevel = 0;
        double ofNoise = 0;
        for (Evidence evidence : Evidence.values()) {
            double part = said[evidence.ordinal()];
            if (OF_LEVELS.contains(evidence)) {
                ofLevel += part;
            } else if (OF_SPREAD.contains(evidence)) {
                ofNoise += part;
            } else {
                ofPoint += part;
            }
        }
        if (ofNoise > Math.max(ofPoint, ofLevel)) {
            return Anomaly.Kind.NOISE_BURST;
        }
        return ofLevel > ofPoint ? Anomaly.Kind.LEVEL_SHIFT : Anomaly.Kind.SPIKE;
    }

    void write(DataOutput out) throws IOException {
        scorer.write(out);
        recent.write(out);
        places.write(out);
        leaving.write(out);
        event.write(out);
    }

    /// @return whether the state was of a version that is known
    boolean read(DataInput in) throws IOException {
        if (!scorer.read(in)) {
            return false;
        }
        recent.read(in);
        places.read(in);
        leaving.read(in);
        event.read(in);
        return true;
    }
}
