package io.telltale.storage.clickhouse;

import java.nio.file.Path;

/// How to run the embedded engine.
///
/// @param dataDirectory everything the engine keeps; one engine at a time
/// @param engineDirectory where `storage/engine/install` put the library
/// @param port for HTTP on the loopback address; 0 takes any free one
/// @param memoryBytes what the engine's queries, inserts and merges may use together
public record EngineSettings(Path dataDirectory, Path engineDirectory, int port, long memoryBytes) {
    public EngineSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        engineDirectory = engineDirectory.toAbsolutePath().normalize();
    }

    Path library() {
        return engineDirectory.resolve("node_modules/@chdb/lib-linux-x64-gnu/libchdb.so");
    }
}
