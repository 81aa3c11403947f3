package io.telltale.server.trial;

import java.util.NavigableMap;
import java.util.TreeMap;

/// What a page saw, second by second. Times in milliseconds since 1970 of the machine's clock. Thread-safe.
public final class PageLog {
    private static final long SECOND = 1000;
    private static final double FULL = 0.95;

    private final NavigableMap<Long, Long> oldestBySecond = new TreeMap<>();
    private final NavigableMap<Long, Seen> overviews = new TreeMap<>();

    private record Seen(double messagesPerSecond, int notOnline, boolean isStoreBehind) {}

    synchronized void age(long nowMillis, long ageMillis) {
        oldestBySecond.merge(nowMillis / SECOND, ageMillis, Math::max);
    }

    synchronized void overview(long nowMillis, double messagesPerSecond, int notOnline, boolean isStoreBehind) {
        overviews.put(nowMillis, new Seen(messagesPerSecond, notOnline, isStoreBehind));
    }

    /// From `fromMillis` to the end of the last second in which a point came that was older than `ageMillis`.
    public synchronized double secondsUntilYounger(long ageMillis, long fromMillis) {
        return oldestBySecond.tailMap(fromMillis / SECOND, true).entrySet().stream()
                        .filter(second -> second.getValue() > ageMillis)
                        .mapToLong(second -> (second.getKey() + 1) * SECOND - fromMillis)
                        .max()
                        .orElse(0)
                / (double) SECOND;
    }

    /// Until the overview said that the store is behind; infinite if it never did.
    public synchronized double secondsUntilBehind(long fromMillis) {
        return overviews.tailMap(fromMillis, true).entrySet().stream()
                .filter(overview -> overview.getValue().isStoreBehind())
                .mapToDouble(overview -> (overview.getKey() - fromMillis) / (double) SECOND)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /// Until as many messages came in as are sent; infinite if they never did.
    public synchronized double secondsUntilRate(double messagesPerSecond, long fromMillis) {
        return overviews.tailMap(fromMillis, true).entrySet().stream()
                .filter(overview -> overview.getValue().messagesPerSecond() >= FULL * messagesPerSecond)
                .mapToDouble(overview -> (overview.getKey() - fromMillis) / (double) SECOND)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /// The greatest number of devices that were called stale or offline, `toMillis` exclusive.
    public synchronized int mostNotOnline(long fromMillis, long toMillis) {
        return overviews.subMap(fromMillis, toMillis).values().stream()
                .mapToInt(Seen::notOnline)
                .max()
                .orElse(0);
    }
}
