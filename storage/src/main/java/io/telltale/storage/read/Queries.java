package io.telltale.storage.read;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.telltale.storage.clickhouse.Address;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Asks ClickHouse, a bounded number of questions at a time, each on a virtual thread of its own.
public final class Queries implements AutoCloseable {
    /// The client waits a little longer than ClickHouse is told to, so that ClickHouse's own message arrives.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Client client;
    /// Of an answer that is held back, so much stays in ClickHouse's memory; the rest takes to the disk, which may be
    /// full. Charts and lists are smaller.
    private static final String HELD_BACK_BYTES = "4194304";

    private final ReaderSettings settings;
    private final int threads;
    private final MeterRegistry registry;
    private final Semaphore permits;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    public Queries(ReaderSettings settings, Address address, MeterRegistry registry) {
        this(settings, 0, address, registry);
    }

    /// @param threads of ClickHouse for a query; 0 leaves it to ClickHouse, which takes every core
    public Queries(ReaderSettings settings, int threads, Address address, MeterRegistry registry) {
        this.settings = settings;
        this.threads = threads;
        this.registry = registry;
        this.client = address.client(settings.timeout().plus(GRACE), settings.parallelism());
        this.permits = new Semaphore(settings.parallelism(), true);
    }

    /// Runs a question, which may be of several queries, when its turn comes.
    ///
    /// @param name of the question, for the metric
    <T> CompletableFuture<T> ask(String name, Callable<T> question) {
        var answer = new CompletableFuture<T>();
        executor.execute(() -> {
            try {
                permits.acquire();
                long startNanos = System.nanoTime();
                try {
                    answer.complete(question.call());
                } finally {
                    permits.release();
                    record(name, System.nanoTime() - startNanos);
                }
            } catch (Throwable failed) { // whatever it is, the asker must hear of it
                answer.completeExceptionally(failed);
            }
        });
        return answer;
    }

    private void record(String name, long nanos) {
        Timer.builder("telltale.storage.read")
                .description("One question to ClickHouse, with all its queries")
                .tag("question", name)
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    /// Asks and reads on the calling thread. The answer is whole or an exception: ClickHouse holds it back until the
    /// query has ended.
    public <T> T read(String sql, Parameters parameters, RowsReader<T> reader) throws Exception {
        var querySettings = new QuerySettings()
                .setFormat(ClickHouseFormat.RowBinary)
                .setMaxExecutionTime(Math.toIntExact(settings.timeout().toSeconds()))
                .serverSetting("wait_end_of_query", "1")
                .serverSetting("http_response_buffer_size", HELD_BACK_BYTES)
                // Of a granule, only rows of the right keys are read in full. ClickHouse does so with keys alone: what
                // else is asked of a row may only be asked of the last one with its key.
                .serverSetting("optimize_move_to_prewhere_if_final", "1")
                // A row's partition follows from its key, so no key is in two of them.
                .serverSetting("do_not_merge_across_partitions_select_final", "1")
                .serverSetting("max_threads", Integer.toString(threads));
        QueryResponse response =
                client.query(sql, parameters.values(), querySettings).get();
        try {
            return reader.read(new RowReader(response.getInputStream()));
        } finally {
            response.close();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        client.close();
    }

    @FunctionalInterface
    public interface RowsReader<T> {
        T read(RowReader rows) throws IOException;
    }
}
