package io.telltale.analytics.model;

/// A point in a series where a detector says: this is not as it should be. Its identity is series, kind and event time.
///
/// @param score 0 (ordinary) to 1 (certain)
/// @param observed the value that was seen; for a gap, the seconds of silence
/// @param expected what the detector thought likely
/// @param lower the lower edge of the expected band
/// @param upper the upper edge of the expected band
/// @param explanation one sentence for an operator
public record Anomaly(
        SeriesKey series,
        Kind kind,
        long eventTimeMillis,
        double score,
        double observed,
        double expected,
        double lower,
        double upper,
        String explanation) {

    public enum Kind {
        SPIKE,
        DRIFT,
        LEVEL_SHIFT,
        NOISE_BURST,
        RATE_OF_CHANGE,
        STUCK,
        GAP,
        LIMIT
    }
}
