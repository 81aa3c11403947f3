package io.telltale.server.bench;

import java.util.Map;

/// What a benchmark found; written as JSON. Latencies in milliseconds by quantile name.
///
/// @param name of the benchmark
/// @param ackMillis from the intended time of publishing to the PUBACK, after the warm-up
/// @param coldAckMillis the same of what was sent during the warm-up
/// @param browserMillis from the intended time of publishing to the page, after the warm-up
/// @param skippedByPage points the server forgot because the page was slow
/// @param heapMib heap after collections, medians of the second and the last quarter of the run
/// @param residentMib server and ClickHouse together, likewise
/// @param busyCores by process: server (with this benchmark's own page), clickhouse, generator; the first quarter left
/// out
/// @param found what only this benchmark measures, by name
record BenchResult(
        String name,
        Machine machine,
        double seconds,
        int devices,
        double targetMessagesPerSecond,
        double messagesPerSecond,
        double pointsPerSecond,
        long sent,
        long acked,
        long stored,
        long lost,
        long unexplained,
        long reconnects,
        Map<String, Double> ackMillis,
        Map<String, Double> coldAckMillis,
        Map<String, Double> browserMillis,
        long skippedByPage,
        double[] heapMib,
        double[] residentMib,
        Map<String, Double> busyCores,
        Map<String, Double> found) {}
