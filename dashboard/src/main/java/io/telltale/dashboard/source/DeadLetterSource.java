package io.telltale.dashboard.source;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.Found;
import java.util.concurrent.CompletionStage;

/// Finds dead letters by arrival, newest first; the query names no device. Must not block the caller; a failure means
/// that the store does not answer.
@FunctionalInterface
public interface DeadLetterSource {
    CompletionStage<Found<DeadLetter>> deadLetters(Found.Query query);
}
