package io.telltale.analytics.anomaly;

import java.util.Locale;

/// What can be odd about a point, and how much each counts. These weights are the only ones there are: one set for all
/// series.
enum Evidence {
    POINT(0.75, Tail.BULK, Pace.INSTANT, "off from what the time of day and the last points let expect"),
    RATIO_POINT(
            0.25, Tail.BULK, Pace.INSTANT, "off in proportion to what the time of day and the last points let expect"),
    RATIO(0.25, Tail.BULK, Pace.INSTANT, "off in proportion to the last points"),
    NOISE(0.25, Tail.BULK, Pace.INSTANT, "more restless than usual"),
    RANGE(0.75, Tail.RANK, Pace.INSTANT, "beyond every value so far"),
    RATIO_RANGE(0.35, Tail.RANK, Pace.INSTANT, "beyond every value so far in proportion"),
    SEASON_RANGE(0.65, Tail.RANK, Pace.INSTANT, "further off than ever for this time of day"),
    LEVEL(0.5, Tail.RANK, Pace.LASTING, "a short-term level never seen before"),
    SHIFT(0.3, Tail.RANK, Pace.LASTING, "a level further from its past than ever"),
    OFFSET(0.3, Tail.RANK, Pace.LASTING, "off in proportion to the time of day for dozens of points"),
    BIAS(0.5, Tail.RANK, Pace.LASTING, "on one side of the usual for a hundred points"),
    SHAPE(0.4, Tail.RANK, Pace.LASTING, "values spread otherwise than in the past"),
    SUCCESSION(0.3, Tail.RANK, Pace.LASTING, "seldom after the value before"),
    STILL(0.3, Tail.BULK, Pace.LASTING, "the same value for longer than usual");

    private enum Tail {
        BULK,
        RANK
    }

    private enum Pace {
        INSTANT,
        LASTING
    }

    private static final double UNREMARKABLE = 0.05;
    private static final double MOST_DECADES = 20;
    private static final double ORDINARY_RANK = 1;

    private final double weight;
    private final Tail tail;
    private final Pace pace;
    final String words;

    Evidence(double weight, Tail tail, Pace pace, String words) {
        this.weight = weight;
        this.tail = tail;
        this.pace = pace;
        this.words = words;
    }

    /// As programs read it.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What a tail's decades of improbability count for the whole.
    double weigh(double decades) {
        return switch (tail) {
            // Extrapolated: the tenth decade tells little that the fifth has not, the thirtieth nothing.
            case BULK -> decades < UNREMARKABLE ? 0 : weight * 2 * Math.log10(1 + Math.min(decades, MOST_DECADES));
            case RANK -> weight * Math.max(0, decades - ORDINARY_RANK);
        };
    }

    /// Whether it is about this very point, rather than about the state that the series is in.
    boolean isInstant() {
        return pace == Pace.INSTANT;
    }
}
