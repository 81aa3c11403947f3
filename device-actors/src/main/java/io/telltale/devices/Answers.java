package io.telltale.devices;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Answers of this node's devices on their way to who asked. Bounded by what was asked. Any thread puts, the
/// asker alone takes; it is woken only when it sleeps, so that a burst of answers costs one wake.
final class Answers {
    private final Queue<Device.Answer> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isAsleep = new AtomicBoolean(true);
    private final Runnable wake;

    /// @param wake may be called from any thread
    Answers(Runnable wake) {
        this.wake = wake;
    }

    void put(Device.Answer answer) {
        waiting.add(answer);
        if (isAsleep.get() && isAsleep.compareAndSet(true, false)) {
            wake.run();
        }
    }

    /// For the asker. After null it sleeps until it is woken.
    Device.@Nullable Answer take() {
        var next = waiting.poll();
        if (next == null) {
            isAsleep.set(true);
            next = waiting.poll();
            if (next != null) {
                isAsleep.set(false);
            }
        }
        return next;
    }
}
