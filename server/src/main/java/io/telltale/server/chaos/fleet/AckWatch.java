package io.telltale.server.chaos.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Looks at the acks of one way into the server: how long there were none, and how long after a disturbance they came
/// again. Thread-safe.
public final class AckWatch {
    private final List<Duration> recoveries = new ArrayList<>();
    private long lastNanos;
    private long longestNanos;
    private long disturbedNanos;
    private boolean disturbed;

    AckWatch() {
        lastNanos = System.nanoTime();
    }

    /// From now on only the ack of a message that is sent later shows that all is well again.
    public synchronized void disturbed() {
        disturbedNanos = System.nanoTime();
        disturbed = true;
    }

    synchronized void acked(long sentNanos) {
        long now = System.nanoTime();
        longestNanos = Math.max(longestNanos, now - lastNanos);
        lastNanos = now;
        if (disturbed && sentNanos - disturbedNanos > 0) {
            recoveries.add(Duration.ofNanos(now - disturbedNanos));
            disturbed = false;
        }
    }

    /// The longest time without an ack.
    public synchronized Duration longestOutage() {
        return Duration.ofNanos(longestNanos);
    }

    /// From each disturbance to the first ack that it could not have spared.
    public synchronized List<Duration> recoveries() {
        return List.copyOf(recoveries);
    }
}
