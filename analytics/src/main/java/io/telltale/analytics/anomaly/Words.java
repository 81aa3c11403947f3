package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.time.Instant;
import java.util.Locale;

/// What an operator reads of an anomaly of a series that is judged by what it taught.
///
/// @param isSeasonal whether the expected value is one of the time of day
/// @param from what was expected when the event began
record Words(
        Anomaly.Kind kind,
        double value,
        double expected,
        double sigma,
        boolean isSeasonal,
        long sinceMillis,
        double from) {
    /// By the way the points went.
    String ofEvent() {
        return switch (kind) {
            case LEVEL_SHIFT ->
                String.format(
                        Locale.ROOT,
                        "%.4g is %s the expected %.4g; so are all values since %s",
                        value,
                        away(from),
                        from,
                        since());
            case DRIFT ->
                String.format(
                        Locale.ROOT,
                        "%.4g is %s the %.4g of %s and goes on leaving it",
                        value,
                        away(from),
                        from,
                        since());
            case NOISE_BURST ->
                String.format(
                        Locale.ROOT,
                        "%.4g is %s the expected %.4g; others since %s are above and below",
                        value,
                        away(from),
                        from,
                        since());
            case SPIKE, RATE_OF_CHANGE, STUCK, GAP, LIMIT, CORRELATION, PEERS -> ofPoint();
        };
    }

    /// By what the strongest evidence says.
    String of(Evidence strongest) {
        return ofPoint() + ": " + strongest.words;
    }

    private String ofPoint() {
        return String.format(
                Locale.ROOT,
                "%.4g is %s the expected %.4g%s",
                value,
                away(expected),
                expected,
                isSeasonal ? " for this time of day" : "");
    }

    private String away(double reference) {
        return String.format(
                Locale.ROOT,
                "%.1f sigma %s",
                Math.abs(value - reference) / sigma,
                value > reference ? "above" : "below");
    }

    private Instant since() {
        return Instant.ofEpochMilli(sinceMillis);
    }
}
