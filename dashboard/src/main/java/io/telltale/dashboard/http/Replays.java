package io.telltale.dashboard.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.Found;
import io.telltale.dashboard.source.DeadLetters.ReplayDoor;
import io.telltale.dashboard.source.Replayed;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replays dead letters, one request at a time: the letters of two would only be in each other's way.
final class Replays {
    private static final Logger log = LoggerFactory.getLogger(Replays.class);

    private final ReplayDoor door;
    private final HttpSettings.Replay settings;
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private final Counter stored;
    private final Counter stillDead;
    private final Counter failed;

    /// @param remaining how many were asked for and not tried
    record Result(List<Replayed> letters, long remaining) {}

    Replays(ReplayDoor door, HttpSettings.Replay settings, MeterRegistry registry) {
        this.door = door;
        this.settings = settings;
        stored = letters("stored", registry);
        stillDead = letters("still-dead", registry);
        failed = Counter.builder("telltale.dashboard.replays.failed")
                .description("Requests to replay dead letters that ended half-way")
                .register(registry);
        Gauge.builder("telltale.dashboard.replays.running", isRunning, running -> running.get() ? 1 : 0)
                .description("1 while dead letters are replayed")
                .register(registry);
    }

    /// How many letters may be asked for at once.
    int maxLetters() {
        return settings.maxLetters();
    }

    /// Fails with a refusal when another replay is running, the letters cannot be had, or it takes too long; in that
    /// case it goes on by itself.
    CompletionStage<Result> run(Supplier<CompletionStage<Found<DeadLetter>>> wanted) {
        if (!isRunning.compareAndSet(false, true)) {
            throw new Problem(StatusCodes.CONFLICT, "a replay is running already; ask again when it has ended")
                    .refusal();
        }
        CompletionStage<Result> running;
        try {
            running = wanted.get().thenCompose(this::replay);
        } catch (RuntimeException refused) {
            running = CompletableFuture.failedStage(refused);
        }
        return running.whenComplete((result, failure) -> ended(failure))
                .thenApply(result -> result)
                .toCompletableFuture()
                .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    throw refusal(causeOf(failure));
                });
    }

    /// The oldest first: a device's points are to come in the order in which they came, or the later would make the
    /// earlier late.
    private CompletionStage<Result> replay(Found<DeadLetter> found) {
        var oldestFirst = found.items().stream()
                .sorted(Comparator.comparingLong(DeadLetter::arrivalMillis))
                .toList();
        return door.replay(oldestFirst).thenApply(letters -> {
            letters.forEach(this::count);
            return new Result(letters, found.total() - found.items().size());
        });
    }

    private void count(Replayed letter) {
        switch (letter) {
            case Replayed.Stored _ -> stored.increment();
            case Replayed.StillDead _ -> stillDead.increment();
        }
    }

    private void ended(Throwable failure) {
        isRunning.set(false);
        if (failure != null && !(causeOf(failure) instanceof Problem.Refusal)) {
            failed.increment();
            log.warn(
                    "a replay of dead letters ended half-way: {}",
                    causeOf(failure).toString());
        }
    }

    private static Problem.Refusal refusal(Throwable cause) {
        return switch (cause) {
            case Problem.Refusal refusal -> refusal;
            case TimeoutException slow ->
                Problem.unavailable("the replay takes long and goes on by itself: look at the dead letters later");
            default ->
                Problem.unavailable("the replay ended half-way: what it stored is marked or can be replayed again");
        };
    }

    private static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Counter letters(String outcome, MeterRegistry registry) {
        return Counter.builder("telltale.dashboard.replayed.letters")
                .description("Dead letters that were replayed, by what came of it")
                .tag("outcome", outcome)
                .register(registry);
    }
}
