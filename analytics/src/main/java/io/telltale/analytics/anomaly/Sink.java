package io.telltale.analytics.anomaly;

/// Where a judge puts what it finds.
interface Sink {
    /// @param decades of improbability
    void found(Evidence evidence, double decades);
}
