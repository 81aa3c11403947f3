package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;

/// Where detectors put what they find.
interface Findings {
    /// The fields are those of [Anomaly].
    void found(
            Anomaly.Kind kind,
            long eventTimeMillis,
            double score,
            double observed,
            double expected,
            double lower,
            double upper,
            String explanation);
}
