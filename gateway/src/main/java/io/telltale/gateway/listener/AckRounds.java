package io.telltale.gateway.listener;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// When the connections of one event loop write their acks: together, in rounds, with a rest in between.
///
/// Messages of thousands of connections become durable at once, and their acks come one by one. A write for each of
/// them would cost more than everything else that is done for a message here. So a round is followed by a rest of
/// nineteen times its own length: at little load that is a millisecond, under much it lets the acks of a connection
/// gather.
final class AckRounds {
    private static final int REST = 19;
    private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final EventLoop loop;
    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isAnnounced = new AtomicBoolean();
    private long restsUntilNanos = System.nanoTime();

    AckRounds(EventLoop loop) {
        this.loop = loop;
    }

    /// Any thread.
    ///
    /// @param flush writes one connection's acks; runs once, on the loop
    void join(Runnable flush) {
        due.add(flush);
        announce();
    }

    private void announce() {
        if (!isAnnounced.get() && isAnnounced.compareAndSet(false, true) && !loop.isShuttingDown()) {
            loop.execute(this::begin);
        }
    }

    private void begin() {
        long restNanos = restsUntilNanos - System.nanoTime();
        if (restNanos > 0) {
            loop.schedule(this::round, restNanos, TimeUnit.NANOSECONDS);
        } else {
            round();
        }
    }

    private void round() {
        // Before looking: who joins while we look asks for another round.
        isAnnounced.set(false);
        long startNanos = System.nanoTime();
        long tookNanos = 0;
        for (var flush = due.poll(); flush != null; flush = tookNanos < LONGEST_ROUND_NANOS ? due.poll() : null) {
            flush.run();
            tookNanos = System.nanoTime() - startNanos;
        }
        restsUntilNanos = startNanos + tookNanos + Math.min(REST * tookNanos, LONGEST_REST_NANOS);
        if (!due.isEmpty()) {
            announce();
        }
    }
}
