package io.telltale.storage.write;

import java.time.Duration;

/// How long after the start of one batch the next one starts. A batch costs ClickHouse and the network much the same
/// whatever is in it, so a fair number of rows waits for more; few rows cost little and go soon, and many are worth it.
///
/// @param least time between two starts
record Linger(Duration least) {
    static final int FEW_ROWS = 1_000;
    static final int MANY_ROWS = 30_000;
    private static final double PATIENCE = 2.5;

    /// @param sinceStartNanos of the last batch
    /// @param rows that wait
    /// @return how long still, if no more rows come; 0 or less when it is time
    long restNanos(long sinceStartNanos, int rows) {
        boolean isWorthWaiting = rows >= FEW_ROWS && rows < MANY_ROWS;
        return (long) (least.toNanos() * (isWorthWaiting ? PATIENCE : 1)) - sinceStartNanos;
    }
}
