package io.telltale.storage.write;

import java.time.Duration;

/// @param linger least time between the starts of two batches
/// @param maxRows a batch with so many rows takes no more
/// @param maxBytes a batch with so many bytes takes no more
/// @param insertTimeout after so much silence an insert counts as failed and is sent again
/// @param minBackOff pause after the first failure of a batch; doubles with each further one
/// @param maxBackOff the longest pause
public record WriterSettings(
        Duration linger,
        int maxRows,
        long maxBytes,
        Duration insertTimeout,
        Duration minBackOff,
        Duration maxBackOff) {}
