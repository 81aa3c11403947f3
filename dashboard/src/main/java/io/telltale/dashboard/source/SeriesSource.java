package io.telltale.dashboard.source;

import io.telltale.analytics.model.Series;
import java.util.concurrent.CompletionStage;

/// Reads a stretch of one series. Must not block the caller; a failure means that the store does not answer.
@FunctionalInterface
public interface SeriesSource {
    CompletionStage<Series> series(Series.Query query);
}
