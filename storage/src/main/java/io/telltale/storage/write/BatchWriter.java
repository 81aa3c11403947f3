package io.telltale.storage.write;

import com.clickhouse.client.api.Client;
import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.analytics.model.Outcome;
import io.telltale.storage.clickhouse.Address;
import io.telltale.storage.rows.Batch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.FlowWithContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node's one writer. Group commit: the next batch is what came while the one before was being inserted, and two
/// batches start at least a linger apart, so that a lone outcome is written at once and a flood in few inserts.
///
/// Two batches exist: one filling, one on its way. When the filling one is full, whoever feeds us must wait; that, and
/// nothing else, bounds the memory. Safe for many threads.
public final class BatchWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);
    private static final long NEVER = -1;
    /// Rows of one batch may be nanoseconds apart, and there are at most two million.
    private static final long BATCH_SPAN_MILLIS = 2;

    private static final Duration BEHIND = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final WriterSettings settings;
    private final Linger linger;
    private final InstantSource clock;
    private final Client client;
    private final BatchInserter inserter;
    private final LagWindow lag = new LagWindow();
    private final WriterMetrics metrics;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread =
            Thread.ofPlatform().name("telltale-writer").daemon().unstarted(this::run);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Batch filling = new Batch(); // this and the rest: guarded by the lock
    private Batch spare = new Batch();
    private long fillingNumber = 1;
    private long fillingSinceMillis;
    private long inFlightRows;
    private long inFlightBytes;
    private long inFlightSinceMillis;

    private volatile boolean full;
    private volatile boolean closed;
    private volatile long durableNumber;
    private volatile long lastWriteMillis = NEVER;

    public BatchWriter(WriterSettings settings, Address address, InstantSource clock, MeterRegistry registry) {
        this.settings = settings;
        this.linger = new Linger(settings.linger());
        this.clock = clock;
        this.metrics = new WriterMetrics(registry, this);
        this.client = address.client(settings.insertTimeout(), 8);
        this.inserter = new BatchInserter(settings, client, UUID.randomUUID().toString(), metrics);
        thread.start();
    }

    /// Emits each outcome, in order, once it is durable, with whatever rides beside it.
    ///
    /// @param window how many may wait in this flow
    public <C> FlowWithContext<Outcome, C, Outcome, C, NotUsed> write(int window) {
        return FlowWithContext.fromPairs(Flow.fromGraph(new WriteStage<C>(this, window)));
    }

    /// Takes the outcome into the filling batch, even when that is full: ask [#isFull] first.
    ///
    /// @return the number of the batch with which it, and all before it, is durable
    /// @throws IllegalStateException when closed
    long append(Outcome outcome) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            boolean first = filling.isEmpty();
            boolean few = filling.rows() < Linger.MANY_ROWS;
            filling.add(outcome);
            if (filling.isEmpty()) {
                return fillingNumber - 1; // a sign of life has no rows; it only keeps its place in the order
            }
            full = filling.rows() >= settings.maxRows() || filling.size() >= settings.maxBytes();
            if (first) {
                fillingSinceMillis = clock.millis();
            }
            if (first || full || (few && filling.rows() >= Linger.MANY_ROWS)) {
                changed.signal();
            }
            return fillingNumber;
        } finally {
            lock.unlock();
        }
    }

    boolean isFull() {
        return full;
    }

    boolean isClosed() {
        return closed;
    }

    /// Every batch up to this number is durable.
    long durableNumber() {
        return durableNumber;
    }

    /// Has `listener` called, by the writer's thread and briefly, whenever a batch became durable, a full one made
    /// room, or the writer was closed.
    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void unlisten(Runnable listener) {
        listeners.remove(listener);
    }

    private void run() {
        long startNanos = System.nanoTime() - settings.linger().toNanos();
        long storedAtMillis = 0;
        try {
            while (true) {
                long number = awaitBatch(startNanos);
                startNanos = System.nanoTime();
                storedAtMillis = Math.max(storedAtMillis + BATCH_SPAN_MILLIS, clock.millis());
                Batch batch = swap(storedAtMillis);
                notifyListeners(); // there is room again
                inserter.insert(batch, number);
                becameDurable(batch, number);
            }
        } catch (InterruptedException closing) {
            notifyListeners();
        } catch (RuntimeException | Error bug) { // else all would wait for a thread that is gone
            log.error("the writer ended: nothing is stored or acknowledged until a restart", bug);
            closed = true;
            notifyListeners();
        }
    }

    /// Waits for the first row, then until a linger has passed since the last start, or the batch is full.
    private long awaitBatch(long lastStartNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (filling.isEmpty()) {
                changed.await();
            }
            while (!full) {
                long restNanos = linger.restNanos(System.nanoTime() - lastStartNanos, filling.rows());
                if (restNanos <= 0) {
                    break;
                }
                changed.awaitNanos(restNanos);
            }
            return fillingNumber;
        } finally {
            lock.unlock();
        }
    }

    private Batch swap(long storedAtMillis) {
        lock.lock();
        try {
            Batch batch = filling;
            batch.seal(storedAtMillis);
            filling = spare;
            spare = batch; // it is cleared before it fills again
            fillingNumber++;
            full = false;
            inFlightRows = batch.rows();
            inFlightBytes = batch.size();
            inFlightSinceMillis = fillingSinceMillis;
            metrics.batch(batch.rows(), batch.size());
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void becameDurable(Batch batch, long number) {
        long nowMillis = clock.millis();
        batch.forEachArrival((arrivalMillis, outcomes) -> lag.add(nowMillis, nowMillis - arrivalMillis, outcomes));
        batch.clear();
        lastWriteMillis = nowMillis;
        lock.lock();
        try {
            inFlightRows = 0;
            inFlightBytes = 0;
        } finally {
            lock.unlock();
        }
        durableNumber = number; // last: what is seen to be durable waits no more
        notifyListeners();
    }

    private void notifyListeners() {
        listeners.forEach(Runnable::run);
    }

    public StoreHealth health() {
        lock.lock();
        try {
            OptionalLong since = OptionalLong.empty();
            if (inFlightRows > 0) {
                since = OptionalLong.of(inFlightSinceMillis);
            } else if (!filling.isEmpty()) {
                since = OptionalLong.of(fillingSinceMillis);
            }
            boolean behind = since.isPresent() && clock.millis() - since.getAsLong() > BEHIND.toMillis();
            return new StoreHealth(
                    behind ? StoreHealth.State.BEHIND : StoreHealth.State.UP,
                    inFlightRows + filling.rows(),
                    since,
                    lastWriteMillis == NEVER ? OptionalLong.empty() : OptionalLong.of(lastWriteMillis),
                    inserter.lastError());
        } finally {
            lock.unlock();
        }
    }

    long waitingRows() {
        return health().waitingRows();
    }

    long waitingBytes() {
        lock.lock();
        try {
            return inFlightBytes + filling.size();
        } finally {
            lock.unlock();
        }
    }

    /// How long outcomes took from arrival to durable, over the last ten seconds.
    public long ingestLagMillis(double quantile) {
        return lag.quantileMillis(clock.millis(), quantile);
    }

    /// Ends at once: what is not durable yet is given up, and was not acknowledged.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        try {
            thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        inserter.close();
        client.close();
    }
}
