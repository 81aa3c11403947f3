package io.telltale.server.bench.ladder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// How old messages are when they are stored, of everybody alike, by counting alone: of messages sent evenly at a known
/// rate number `k` was meant for the time `k / rate`, and it is stored when a look at the store first counts more than
/// `k`. Each look adds its own pause at most. Not thread-safe.
final class StoredCurve {
    private static final long LONGEST_MILLIS = 600_000;

    private final List<Look> looks = new ArrayList<>();

    /// @param stored messages since the beginning
    private record Look(long atMillis, long stored) {}

    void look(long atMillis, long stored) {
        looks.add(new Look(atMillis, stored));
    }

    /// Milliseconds by quantile name, of the messages from number `from` up to `to`.
    Map<String, Double> ages(long startMillis, double messagesPerSecond, long from, long to) {
        var ages = new Histogram(LONGEST_MILLIS, 3);
        long counted = from;
        for (var look : looks) {
            for (; counted < Math.min(look.stored(), to); counted++) {
                long intendedMillis = startMillis + (long) (counted * 1000 / messagesPerSecond);
                ages.recordValue(Math.clamp(look.atMillis() - intendedMillis, 0, LONGEST_MILLIS));
            }
        }
        var quantiles = new TreeMap<String, Double>();
        quantiles.put("p50", (double) ages.getValueAtPercentile(50));
        quantiles.put("p99", (double) ages.getValueAtPercentile(99));
        quantiles.put("p999", (double) ages.getValueAtPercentile(99.9));
        quantiles.put("max", (double) ages.getMaxValue());
        return quantiles;
    }

    /// When a look first saw so many.
    OptionalLong whenStoredMillis(long messages) {
        return looks.stream()
                .filter(look -> look.stored() >= messages)
                .mapToLong(Look::atMillis)
                .findFirst();
    }
}
