package io.telltale.storage.read;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/// Gathers single questions that come close together and has them answered by one load. A restart, when every device
/// asks at once, so becomes some dozens of queries, two at a time.
///
/// A load of few keys costs nearly as much as one of many, unless there is much behind each. So the loads grow while
/// they are quick, and shrink when they are slow.
final class Coalescer<K, V> implements AutoCloseable {
    private static final int WORKERS = 2;
    private static final int FIRST_KEYS = 200;
    private static final int FEWEST_KEYS = 50;
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Duration LINGER = Duration.ofMillis(5);

    private final BlockingQueue<Request<K, V>> waiting = new LinkedBlockingQueue<>();
    private final ToIntFunction<K> weight;
    private final int maxWeight;
    private final Load<K, V> load;
    private final Thread[] workers = new Thread[WORKERS];

    /// @param weight of a key; a load takes keys until they weigh `maxWeight`, and one more at most
    Coalescer(String name, ToIntFunction<K> weight, int maxWeight, Load<K, V> load) {
        this.weight = weight;
        this.maxWeight = maxWeight;
        this.load = load;
        for (int i = 0; i < WORKERS; i++) {
            workers[i] = Thread.ofVirtual().name(name + "-" + i).start(this::work);
        }
    }

    /// @return empty when the load does not know the key; fails as the load does
    CompletableFuture<Optional<V>> get(K key) {
        var request = new Request<K, V>(key, new CompletableFuture<>());
        waiting.add(request);
        return request.answer();
    }

    private void work() {
        try {
            int maxKeys = FIRST_KEYS;
            while (true) {
                var questions = gather(maxKeys);
                long startNanos = System.nanoTime();
                answer(questions);
                long tookNanos = System.nanoTime() - startNanos;
                if (tookNanos > SLOW_NANOS) {
                    maxKeys = Math.max(FEWEST_KEYS, maxKeys / 2);
                } else if (tookNanos < QUICK_NANOS && questions.size() >= maxKeys) {
                    maxKeys *= 2; // the weight bounds it
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<K, CompletableFuture<Optional<V>>> gather(int maxKeys) throws InterruptedException {
        Map<K, CompletableFuture<Optional<V>>> gathered = new HashMap<>();
        Request<K, V> next = waiting.take();
        long deadlineNanos = System.nanoTime() + LINGER.toNanos();
        int weighed = 0;
        while (next != null) {
            Request<K, V> request = next;
            gathered.merge(request.key(), request.answer(), (first, second) -> {
                first.whenComplete((value, failure) -> {
                    if (failure == null) {
                        second.complete(value);
                    } else {
                        second.completeExceptionally(failure);
                    }
                });
                return first;
            });
            weighed += weight.applyAsInt(request.key());
            next = gathered.size() < maxKeys && weighed < maxWeight
                    ? waiting.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)
                    : null;
        }
        return gathered;
    }

    private void answer(Map<K, CompletableFuture<Optional<V>>> questions) throws InterruptedException {
        try {
            Map<K, V> found = load.load(questions.keySet());
            questions.forEach((key, answer) -> answer.complete(Optional.ofNullable(found.get(key))));
        } catch (InterruptedException closed) {
            questions.values().forEach(answer -> answer.completeExceptionally(closed));
            throw closed;
        } catch (Exception failed) { // whatever it is, the askers must hear of it
            questions.values().forEach(answer -> answer.completeExceptionally(failed));
        }
    }

    @Override
    public void close() {
        for (Thread worker : workers) {
            worker.interrupt();
        }
        var closed = new IllegalStateException("the store is closed");
        for (Request<K, V> next = waiting.poll(); next != null; next = waiting.poll()) {
            next.answer().completeExceptionally(closed);
        }
    }

    private record Request<K, V>(K key, CompletableFuture<Optional<V>> answer) {}

    @FunctionalInterface
    interface Load<K, V> {
        Map<K, V> load(Collection<K> keys) throws Exception;
    }
}
