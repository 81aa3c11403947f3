package io.telltale.storage.write;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.telltale.storage.rows.Block;
import java.time.Duration;

final class WriterMetrics {
    private final MeterRegistry registry;
    private final DistributionSummary batchRows;
    private final DistributionSummary batchBytes;
    private final Counter retries;

    WriterMetrics(MeterRegistry registry, BatchWriter writer) {
        this.registry = registry;
        batchRows = DistributionSummary.builder("telltale.storage.batch.rows").register(registry);
        batchBytes = DistributionSummary.builder("telltale.storage.batch.bytes").register(registry);
        retries = Counter.builder("telltale.storage.insert.retries")
                .description("Inserts that failed and were sent again")
                .register(registry);
        Gauge.builder("telltale.storage.waiting.rows", writer, BatchWriter::waitingRows)
                .description("Rows accepted but not yet durable")
                .register(registry);
        Gauge.builder("telltale.storage.waiting.bytes", writer, BatchWriter::waitingBytes)
                .register(registry);
        registerLag(registry, writer, 0.5);
        registerLag(registry, writer, 0.99);
    }

    private static void registerLag(MeterRegistry registry, BatchWriter writer, double quantile) {
        Gauge.builder("telltale.storage.lag.millis", writer, w -> w.ingestLagMillis(quantile))
                .description("From arrival to durable, over the last ten seconds")
                .tag("quantile", Double.toString(quantile))
                .register(registry);
    }

    void batch(int rows, long bytes) {
        batchRows.record(rows);
        batchBytes.record((double) bytes);
    }

    void inserted(Block block, long nanos) {
        Timer.builder("telltale.storage.insert")
                .description("One insert, from its first byte to its confirmation")
                .tag("table", block.table())
                .publishPercentiles(0.5, 0.99)
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    void retried() {
        retries.increment();
    }
}
