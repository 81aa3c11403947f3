package io.telltale.dashboard.source;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.Found;
import java.util.concurrent.CompletionStage;

/// Finds anomalies by event time, newest first. Must not block the caller; a failure means that the store does not
/// answer.
@FunctionalInterface
public interface AnomalySource {
    CompletionStage<Found<Anomaly>> anomalies(Found.Query query);
}
