package io.telltale.analytics.anomaly;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The devices of one type that are held against each other, as far as they are on this node. Thread-safe.
public final class PeerGroup {
    private static final int MOST_METRICS = 64;

    private final String type;
    private final Duration interval;
    private final ConcurrentMap<String, PeerMetric> metrics = new ConcurrentHashMap<>();

    /// @param type of the devices, for people
    /// @param interval over which a device's mean is held against those of its peers
    public PeerGroup(String type, Duration interval) {
        this.type = type;
        this.interval = interval;
    }

    /// @return null when there are too many metrics already
    public @Nullable PeerMetric of(String metric) {
        var known = metrics.get(metric);
        if (known != null || metrics.size() >= MOST_METRICS) {
            return known;
        }
        return metrics.computeIfAbsent(metric, _ -> new PeerMetric(type, interval.toMillis()));
    }
}
