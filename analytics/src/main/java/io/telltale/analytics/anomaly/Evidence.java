package io.telltale.analytics.anomaly;

import java.util.Locale;

/// What can be odd about a point, and how much each counts. These weights are the only ones there are: one set for all
/// series.
enum Evidence {
    POINT(0.75, Tail.BULK, "off from what the time of day and the last points let expect"),
    SEASON(0.1, Tail.BULK, "off from the usual level of this time of day"),
    RATIO(0.35, Tail.BULK, "off in proportion to the last points"),
    NOISE(0.35, Tail.BULK, "more restless than usual"),
    RANGE(0.35, Tail.RANK, "beyond every value so far"),
    RATIO_RANGE(0.35, Tail.RANK, "beyond every value so far in proportion"),
    SEASON_RANGE(0.5, Tail.RANK, "further off than ever for this time of day"),
    LEVEL(0.5, Tail.RANK, "a short-term level never seen before"),
    LONG_LEVEL(0.35, Tail.RANK, "a long-term level never seen before"),
    SHIFT(0.5, Tail.RANK, "a level further from its past than ever");

    private enum Tail {
        BULK,
        RANK
    }

    private static final double UNREMARKABLE = 0.05;
    private static final double ORDINARY_RANK = 1;

    private final double weight;
    private final Tail tail;
    final String words;

    Evidence(double weight, Tail tail, String words) {
        this.weight = weight;
        this.tail = tail;
        this.words = words;
    }

    /// As programs read it.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What a tail's decades of improbability count for the whole.
    double weigh(double decades) {
        return switch (tail) {
            // Extrapolated: the hundredth decade tells little that the thirtieth has not.
            case BULK -> decades < UNREMARKABLE ? 0 : weight * 2 * Math.log10(1 + decades);
            case RANK -> weight * Math.max(0, decades - ORDINARY_RANK);
        };
    }
}
