package io.telltale.storage.read;

import java.time.Duration;

/// @param parallelism queries at once
/// @param timeout of one query
public record ReaderSettings(int parallelism, Duration timeout) {}
