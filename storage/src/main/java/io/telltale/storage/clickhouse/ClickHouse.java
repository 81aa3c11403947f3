package io.telltale.storage.clickhouse;

import java.util.OptionalLong;

/// A ClickHouse to write to, for as long as it is not closed.
public sealed interface ClickHouse extends AutoCloseable permits EmbeddedClickHouse, ExternalClickHouse {

    /// Does not change, not even when an embedded engine is restarted.
    Address address();

    /// The process that is the embedded engine at this moment; empty when ClickHouse is not ours.
    OptionalLong enginePid();

    @Override
    void close();
}
