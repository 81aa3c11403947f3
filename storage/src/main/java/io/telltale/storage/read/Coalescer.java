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

/// Gathers single questions that come close together and has them answered by one load. A restart, when every device
/// asks at once, so becomes a few hundred queries, two at a time.
final class Coalescer<K, V> implements AutoCloseable {
    private static final int WORKERS = 2;
    /// ClickHouse takes a parameter of at most 128 KiB: so many ids of 128 characters, escaped, fit.
    private static final int MAX_KEYS = 200;

    private static final Duration LINGER = Duration.ofMillis(5);

    private final BlockingQueue<Request<K, V>> waiting = new LinkedBlockingQueue<>();
    private final Load<K, V> load;
    private final Thread[] workers = new Thread[WORKERS];

    Coalescer(String name, Load<K, V> load) {
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
            while (true) {
                answer(gather());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<K, CompletableFuture<Optional<V>>> gather() throws InterruptedException {
        Map<K, CompletableFuture<Optional<V>>> gathered = new HashMap<>();
        Request<K, V> next = waiting.take();
        long deadlineNanos = System.nanoTime() + LINGER.toNanos();
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
            next = gathered.size() < MAX_KEYS
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
