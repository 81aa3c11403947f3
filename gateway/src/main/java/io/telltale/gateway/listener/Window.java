package io.telltale.gateway.listener;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// The bound over all connections: closes when it is full, opens when it is half empty. Between the two a connection
/// takes in what it had already read, so the bound may be exceeded by one burst per connection; and a little more of
/// those who have little under way, as long as there is a reserve. Any thread.
final class Window {
    /// How many windows the reserve goes up to.
    private static final int WITH_RESERVE = 4;

    private final int limit;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean isClosed;

    Window(int limit) {
        this.limit = limit;
    }

    int inFlight() {
        return inFlight.get();
    }

    boolean isOpen() {
        return !isClosed;
    }

    /// Whether a connection that has little under way may be read although the window is closed.
    boolean hasReserve() {
        return inFlight.get() / WITH_RESERVE < limit;
    }

    /// Counts one message in.
    ///
    /// @return whether the next one may be read
    boolean take() {
        if (inFlight.incrementAndGet() >= limit) {
            isClosed = true;
            // The others may have left between the two lines above, and would not open it again.
            openWhenHalfEmpty();
        }
        return !isClosed;
    }

    void release(int messages) {
        inFlight.addAndGet(-messages);
        openWhenHalfEmpty();
    }

    /// Runs once, as soon as the window is open, on whichever thread opens it.
    void whenOpen(Runnable continuation) {
        waiting.add(continuation);
        if (!isClosed) {
            letIn();
        }
    }

    private void openWhenHalfEmpty() {
        if (isClosed && inFlight.get() <= limit / 2) {
            isClosed = false;
            letIn();
        }
    }

    private void letIn() {
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }
}
