package io.telltale.server.bench.peers;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.server.trial.Sql;
import io.telltale.storage.clickhouse.Address;
import io.telltale.storage.clickhouse.EmbeddedClickHouse;
import io.telltale.storage.clickhouse.EngineSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// The embedded ClickHouse, the same for everybody: fsync on, a directory of its own.
final class Store implements AutoCloseable {
    private static final long MEMORY_BYTES = 2L << 30;

    private final Sql sql = new Sql();
    private final EmbeddedClickHouse engine;
    private long points;

    Store(Path home, Path directory) {
        var settings = new EngineSettings(directory, home.resolve("storage/engine"), 0, MEMORY_BYTES);
        engine = EmbeddedClickHouse.start(settings, new SimpleMeterRegistry());
    }

    Address address() {
        return engine.address();
    }

    long pid() {
        return engine.enginePid().orElseThrow();
    }

    /// Rows in `points`, those not yet merged away included; costs the store next to nothing. What it was, while the
    /// store refuses: somebody without back-pressure may send it more inserts at once than it takes.
    long points() throws InterruptedException {
        try {
            var rows = tell("SELECT total_rows FROM system.tables WHERE database = 'telltale' AND name = 'points'");
            points = rows.isEmpty() ? 0 : Long.parseLong(rows);
        } catch (UncheckedIOException _) {
            // Asked again soon.
        }
        return points;
    }

    String tell(String statement) throws InterruptedException {
        try {
            return sql.tell(address(), statement);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public void close() {
        sql.close();
        engine.close();
    }
}
