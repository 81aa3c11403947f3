package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.util.List;

/// Where detectors put what they find.
interface Findings {
    /// The fields are those of [Anomaly].
    void found(
            Anomaly.Kind kind,
            long eventTimeMillis,
            long sinceMillis,
            double score,
            double observed,
            double expected,
            double lower,
            double upper,
            List<String> evidence,
            String explanation);
}
