package io.telltale.storage.read;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Gathers single questions that come close together and has them answered by one load. A restart, when every device
/// asks at once, so becomes some dozens of queries, two at a time.
///
/// Of what waits, neighbours in the order of keys go together, round and round through all keys: ClickHouse reads
/// neighbours in one go, while as many from everywhere make it read the whole table. Loads grow while they are quick,
/// because few keys cost nearly as much as many, and shrink when they are slow, because there may be much behind each.
final class Coalescer<K, V> implements AutoCloseable {
    private static final int WORKERS = 2;
    private static final int FIRST_KEYS = 200;
    private static final int FEWEST_KEYS = 50;
    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final Duration LINGER = Duration.ofMillis(5);

    private final ToIntFunction<K> weight;
    private final int maxWeight;
    private final Load<K, V> load;
    private final Thread[] workers = new Thread[WORKERS];

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final TreeMap<K, CompletableFuture<Optional<V>>> waiting; // this and the rest: guarded by the lock
    private @Nullable K lastTaken;

    /// @param order in which keys are stored
    /// @param weight of a key; a load takes keys until they weigh `maxWeight`, and one more at most
    Coalescer(String name, Comparator<K> order, ToIntFunction<K> weight, int maxWeight, Load<K, V> load) {
        this.weight = weight;
        this.maxWeight = maxWeight;
        this.load = load;
        waiting = new TreeMap<>(order);
        for (int i = 0; i < WORKERS; i++) {
            workers[i] = Thread.ofVirtual().name(name + "-" + i).start(this::work);
        }
    }

    /// @return empty when the load does not know the key; fails as the load does. Who asks for a key that already waits
    /// gets the same answer
    CompletableFuture<Optional<V>> get(K key) {
        lock.lock();
        try {
            asked.signal();
            return waiting.computeIfAbsent(key, _ -> new CompletableFuture<>());
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        int maxKeys = FIRST_KEYS;
        try {
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
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                asked.await();
            }
            long restNanos = LINGER.toNanos();
            while (restNanos > 0 && waiting.size() < maxKeys) {
                restNanos = asked.awaitNanos(restNanos);
            }
            return take(maxKeys);
        } finally {
            lock.unlock();
        }
    }

    private Map<K, CompletableFuture<Optional<V>>> take(int maxKeys) {
        Map<K, CompletableFuture<Optional<V>>> taken = new LinkedHashMap<>();
        int weighed = 0;
        K last = lastTaken;
        while (taken.size() < maxKeys && weighed < maxWeight && !waiting.isEmpty()) {
            var next = last == null ? waiting.firstEntry() : waiting.higherEntry(last);
            if (next == null) {
                next = waiting.firstEntry(); // round again
            }
            last = next.getKey();
            taken.put(last, next.getValue());
            waiting.remove(last);
            weighed += weight.applyAsInt(last);
        }
        lastTaken = last;
        return taken;
    }

    private void answer(Map<K, CompletableFuture<Optional<V>>> questions) throws InterruptedException {
        if (questions.isEmpty()) {
            return; // the other worker was quicker
        }
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
        lock.lock();
        try {
            waiting.values().forEach(answer -> answer.completeExceptionally(closed));
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    @FunctionalInterface
    interface Load<K, V> {
        Map<K, V> load(Collection<K> keys) throws Exception;
    }
}
