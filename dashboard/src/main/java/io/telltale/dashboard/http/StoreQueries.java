package io.telltale.dashboard.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the store: so many questions at once, and each with a deadline.
final class StoreQueries {
    private static final Logger log = LoggerFactory.getLogger(StoreQueries.class);

    private final HttpSettings settings;
    private final Semaphore room;

    StoreQueries(HttpSettings settings) {
        this.settings = settings;
        room = new Semaphore(settings.maxQueries());
    }

    int running() {
        return settings.maxQueries() - room.availablePermits();
    }

    /// Fails with a refusal when the store fails, takes too long or has enough to do.
    <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
        if (!room.tryAcquire()) {
            throw Problem.unavailable(settings.maxQueries() + " queries are running already; ask again in a moment");
        }
        CompletionStage<T> answer;
        try {
            answer = question.get();
        } catch (RuntimeException failure) {
            answer = CompletableFuture.failedStage(failure);
        }
        // The room is free when the store is done, not when we stop waiting: a store that hangs gets no more work.
        return answer.whenComplete((value, failure) -> room.release())
                .thenApply(value -> value)
                .toCompletableFuture()
                .orTimeout(settings.queryTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((value, failure) -> {
                    if (failure != null) {
                        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                ? wrapped.getCause()
                                : failure;
                        log.warn("the store did not answer a query: {}", cause.toString());
                        throw Problem.unavailable("the store does not answer; messages that arrive are kept waiting");
                    }
                    return value;
                });
    }
}
