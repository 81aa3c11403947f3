package io.telltale.analytics.model;

/// What a person said of an anomaly. Of several about the same anomaly the last one counts.
///
/// @param series of the anomaly, which with `kind` and `eventTimeMillis` is its identity
/// @param saidBy who
/// @param saidAtMillis when, on our clock
public record Feedback(
        SeriesKey series, Anomaly.Kind kind, long eventTimeMillis, Verdict verdict, String saidBy, long saidAtMillis) {

    public enum Verdict {
        /// It was right to tell.
        CONFIRMED,
        /// There was nothing to tell.
        FALSE_ALARM,
        /// What was said before is taken back.
        NONE
    }
}
