package io.telltale.storage.write;

import static io.telltale.storage.Outcomes.number;
import static io.telltale.storage.Outcomes.points;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.storage.clickhouse.Address;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchWriterTest {
    private static final WriterSettings SETTINGS = new WriterSettings(
            Duration.ofMillis(1), 1000, 1 << 20, Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofMillis(100));

    /// Nobody is there: what is tested ends before a row leaves.
    private static final Address NOWHERE = new Address(URI.create("http://127.0.0.1:1"), "nobody", "");

    @Test
    void a_writer_that_dies_of_an_error_is_closed_and_says_so_to_those_who_wait() {
        try (var writer = new BatchWriter(SETTINGS, NOWHERE, InstantSource.system(), new SimpleMeterRegistry())) {
            var calls = new AtomicInteger();
            writer.listen(() -> {
                if (calls.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("a test's");
                }
            });

            writer.append(points("device", number("m", 1, 1)));

            await().until(() -> writer.isClosed() && calls.get() == 2);
            assertThatThrownBy(() -> writer.append(points("device", number("m", 2, 2))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the store is closed");
        }
    }
}
