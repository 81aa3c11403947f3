package io.telltale.analytics.model;

import java.util.List;

/// A point in a series where a detector says: this is not as it should be. Its identity is series, kind and event time.
///
/// @param sinceMillis event time of the first point of what is told; the event time itself when that is all
/// @param score 0 (ordinary) to 1 (certain)
/// @param observed the value that was seen; for a gap, the seconds of silence
/// @param expected what the detector thought likely
/// @param lower the lower edge of the expected band
/// @param upper the upper edge of the expected band
/// @param evidence what spoke for it, the strongest first: words such as `point`, `level` or `silence`; of a broken
/// correlation the other metric comes next, of a comparison with peers their type
/// @param explanation one sentence for an operator
public record Anomaly(
        SeriesKey series,
        Kind kind,
        long eventTimeMillis,
        long sinceMillis,
        double score,
        double observed,
        double expected,
        double lower,
        double upper,
        List<String> evidence,
        String explanation) {
    public Anomaly {
        evidence = List.copyOf(evidence);
    }

    public enum Kind {
        SPIKE,
        DRIFT,
        LEVEL_SHIFT,
        NOISE_BURST,
        RATE_OF_CHANGE,
        STUCK,
        GAP,
        LIMIT,
        /// Two metrics of a device that moved together do so no more.
        CORRELATION,
        /// The device behaves unlike its peers.
        PEERS
    }
}
