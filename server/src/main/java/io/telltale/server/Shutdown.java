package io.telltale.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been started, to be stopped the other way round within one deadline. A step that fails or takes too long is
/// named in the log and does not keep the later ones from running.
final class Shutdown {
    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    private record Step(String name, Supplier<? extends CompletionStage<?>> stop) {}

    /// `stop` runs before everything that was added earlier.
    void add(String name, Supplier<? extends CompletionStage<?>> stop) {
        steps.push(new Step(name, stop));
    }

    /// Blocks until every step is done or the deadline has passed; the steps behind it still begin, and get a moment
    /// each.
    void run(Duration deadline) {
        long endNanos = System.nanoTime() + deadline.toNanos();
        while (!steps.isEmpty()) {
            run(steps.pop(), Math.max(endNanos - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(200)));
        }
    }

    private static void run(Step step, long nanos) {
        try {
            step.stop().get().toCompletableFuture().get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            log.warn("shutdown: {} did not end in time: going on without it", step.name());
        } catch (ExecutionException e) {
            log.warn("shutdown: {} failed: {}", step.name(), String.valueOf(e.getCause()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
