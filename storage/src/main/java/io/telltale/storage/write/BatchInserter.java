package io.telltale.storage.write;

import com.clickhouse.client.api.Client;
import io.telltale.storage.rows.Batch;
import io.telltale.storage.rows.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Inserts a batch until every block of it is durable, however long that takes: the same bytes with the same token each
/// time. One batch at a time.
final class BatchInserter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BatchInserter.class);
    private static final long REPEAT_LOG_NANOS = 30_000_000_000L;

    private final WriterSettings settings;
    private final Insertion insertion;
    private final String tokenPrefix;
    private final WriterMetrics metrics;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable String lastError;

    /// @param writerId unlike that of any other writer, now or before
    BatchInserter(WriterSettings settings, Client client, String writerId, WriterMetrics metrics) {
        this.settings = settings;
        this.insertion = new Insertion(client);
        this.tokenPrefix = writerId;
        this.metrics = metrics;
    }

    /// A crash in between must not leave late points that nobody will repair, hence those windows first: a repair that
    /// finds nothing to do is harmless. Nor may it leave a rollup without its points, hence the points next.
    /// The states last: a recovery relies on the rollups of everything before a state.
    void insert(Batch batch, long number) throws InterruptedException {
        insertUntilDurable(batch.lateWindows(), number);
        insertUntilDurable(batch.points(), number);
        List<Block> derived =
                batch.derived().stream().filter(block -> block.rows() > 0).toList();
        if (derived.size() == 1) {
            insertUntilDurable(derived.getFirst(), number);
        } else {
            inParallel(derived, number);
        }
        insertUntilDurable(batch.deviceStates(), number);
        lastError = null;
    }

    private void inParallel(List<Block> blocks, long number) throws InterruptedException {
        List<Callable<Void>> insertions = new ArrayList<>();
        for (Block block : blocks) {
            insertions.add(() -> {
                insertUntilDurable(block, number);
                return null;
            });
        }
        for (Future<Void> insertion : executor.invokeAll(insertions)) {
            if (insertion.state() == Future.State.FAILED) {
                throw new IllegalStateException("an insertion ended without its block", insertion.exceptionNow());
            }
        }
    }

    private void insertUntilDurable(Block block, long number) throws InterruptedException {
        if (block.rows() == 0) {
            return;
        }
        String token = tokenPrefix + "-" + number + "-" + block.table();
        var failures = new FailureLog(block);
        for (int attempt = 1; ; attempt++) {
            long startNanos = System.nanoTime();
            try {
                insertion.insert(block, token);
                metrics.inserted(block, System.nanoTime() - startNanos);
                failures.succeeded(attempt);
                return;
            } catch (InterruptedException closed) {
                throw closed;
            } catch (Exception thrown) { // the client's methods declare no less
                Failure failure = Failure.of(thrown);
                lastError = failure.reason();
                metrics.retried();
                failures.failed(failure, attempt);
                Thread.sleep(backOffMillis(attempt));
            }
        }
    }

    /// Doubles, with jitter so that a hundred servers do not come back as one.
    private long backOffMillis(int attempt) {
        long doubled = settings.minBackOff().toMillis() << Math.min(attempt - 1, 20);
        long bounded = Math.min(doubled, settings.maxBackOff().toMillis());
        return bounded / 2 + ThreadLocalRandom.current().nextLong(bounded / 2 + 1);
    }

    /// Why the batch at hand failed the last time; empty when it did not.
    Optional<String> lastError() {
        return Optional.ofNullable(lastError);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /// Says the first failure of a block and then, at most, one each half minute; a reason that will not pass by
    /// itself once as an error.
    private static final class FailureLog {
        private final Block block;
        private long lastNanos;
        private boolean alarmed;

        FailureLog(Block block) {
            this.block = block;
        }

        void failed(Failure failure, int attempt) {
            if (!failure.transientCause() && !alarmed) {
                alarmed = true;
                log.error(
                        "insert of {} rows into {} is refused; tried again for ever, doors wait: {}",
                        block.rows(),
                        block.table(),
                        failure.reason());
            } else if (attempt == 1 || System.nanoTime() - lastNanos > REPEAT_LOG_NANOS) {
                log.warn(
                        "insert of {} rows into {} failed (attempt {}), doors wait: {}",
                        block.rows(),
                        block.table(),
                        attempt,
                        failure.reason());
            } else {
                return;
            }
            lastNanos = System.nanoTime();
        }

        void succeeded(int attempt) {
            if (attempt > 1) {
                log.info("insert of {} rows into {} succeeded (attempt {})", block.rows(), block.table(), attempt);
            }
        }
    }
}
