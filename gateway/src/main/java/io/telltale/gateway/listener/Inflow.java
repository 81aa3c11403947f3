package io.telltale.gateway.listener;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// From many network threads to the one line. Bounded by the [Window] in front of it, not by itself.
///
/// The line is woken only when it sleeps, and only at the end of a burst: waking costs some microseconds, a message
/// well under one.
final class Inflow {
    private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Line> line = new AtomicReference<>();
    private final AtomicBoolean isAsleep = new AtomicBoolean();
    private final Runnable onAttached;
    private final Runnable onLost;
    private volatile boolean isClosed;
    private volatile boolean isComplete;

    /// The running line, as far as the inflow knows it.
    interface Line {
        /// May be called from any thread.
        void wake();
    }

    /// @param onAttached a line is there: connections may be read
    /// @param onLost the line failed: what it had taken will never be acked
    Inflow(Runnable onAttached, Runnable onLost) {
        this.onAttached = onAttached;
        this.onLost = onLost;
    }

    /// Whether what is added will be taken.
    boolean isOpen() {
        return line.get() != null && !isClosed;
    }

    void add(Delivery delivery) {
        deliveries.add(delivery);
    }

    /// To be called when a burst of [#add]s is over.
    void wake() {
        if (isAsleep.get() && isAsleep.compareAndSet(true, false)) {
            var current = line.get();
            if (current != null) {
                current.wake();
            }
        }
    }

    /// Reading is to end: nobody may resume any more.
    void close() {
        isClosed = true;
    }

    /// Nothing will be added any more; the line ends after what is here.
    void complete() {
        isClosed = true;
        isComplete = true;
        wake();
    }

    /// @throws IllegalStateException if another line is running
    void attach(Line newLine) {
        if (!line.compareAndSet(null, newLine)) {
            throw new IllegalStateException("the listener's deliveries already run through another line");
        }
        onAttached.run();
    }

    void detach(Line oldLine) {
        isAsleep.set(false);
        if (line.compareAndSet(oldLine, null) && !isComplete) {
            deliveries.removeIf(delivery -> !delivery.isWill());
            onLost.run();
        }
    }

    /// For the line alone. After null it sleeps until it is woken.
    @Nullable
    Delivery poll() {
        var next = deliveries.poll();
        if (next == null) {
            isAsleep.set(true);
            next = deliveries.poll();
            if (next != null) {
                isAsleep.set(false);
            }
        }
        return next;
    }

    boolean isExhausted() {
        return isComplete && deliveries.isEmpty();
    }
}
