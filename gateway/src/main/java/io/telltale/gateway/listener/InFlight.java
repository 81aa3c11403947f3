package io.telltale.gateway.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.telltale.analytics.model.Inbound;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What one connection has published and not yet got an ack for. Decides when its socket is read: not beyond its own
/// window, not beyond the window of all (but for a reserve), not while its acks pile up because it does not read
/// them. Belongs to the connection's thread, but for [#flushAcksSoon()].
final class InFlight {
    private final Shared shared;
    private final Channel channel;
    private final AckRounds rounds;
    private final int limit;
    private final int reserve;
    private final ArrayDeque<Delivery> deliveries = new ArrayDeque<>();
    private final AtomicBoolean isFlushDue = new AtomicBoolean();
    private final Runnable flushAcks = this::flushAcks;
    private Session session = new Session("");
    private boolean isPaused = true;
    private boolean wasPaused;
    private boolean isHeld;
    private boolean isWaitingForWindow;
    private @Nullable Runnable whenDrained;

    InFlight(Shared shared, Channel channel) {
        this.shared = shared;
        this.channel = channel;
        this.rounds = shared.ackRounds().computeIfAbsent(channel.eventLoop(), AckRounds::new);
        this.limit = shared.settings().connectionWindow();
        this.reserve = Math.min(limit, shared.settings().connectionReserve());
        shared.meters().paused();
    }

    /// From now on QoS 2 messages are remembered here.
    void begin(Session newSession) {
        session = newSession;
    }

    /// Whether a QoS 2 message is stored, and not yet released.
    boolean isStored(int packetId) {
        return session.holds(packetId);
    }

    /// @return whether it was stored
    boolean release(int packetId) {
        return session.release(packetId);
    }

    boolean isPaused() {
        return isPaused;
    }

    /// Whether reading was paused at any time since this was asked before.
    boolean wasPaused() {
        boolean was = wasPaused || isPaused;
        wasPaused = false;
        return was;
    }

    /// Sends one message down the line.
    void add(Inbound inbound, int qos, int packetId) {
        var delivery = Delivery.of(inbound, this, qos, packetId);
        deliveries.add(delivery);
        boolean isWindowOpen = shared.window().take();
        shared.inflow().add(delivery);
        // What comes with QoS 0 is shed instead.
        boolean mustWait = !isWindowOpen && qos > 0 && !hasReserve(reserve);
        if (mustWait || deliveries.size() >= limit || !channel.isWritable()) {
            pause();
        }
        if (mustWait) {
            waitForWindow();
        }
        if (isPaused) {
            endBurst(); // What was decoded behind this message waits: nobody else tells that the burst is over.
        }
    }

    /// Acks, in its turn, a QoS 2 message that was stored before.
    void addStored(int packetId) {
        deliveries.add(Delivery.ofStored(this, packetId));
        shared.window().take();
        flushAcksSoon();
    }

    /// A burst of reads is over.
    void endBurst() {
        shared.inflow().wake();
    }

    /// Any thread. Many acks that come together leave together.
    void flushAcksSoon() {
        if (!isFlushDue.get() && isFlushDue.compareAndSet(false, true)) {
            rounds.join(flushAcks);
        }
    }

    /// Reads again, unless something is still against it.
    void resumeIfAllowed() {
        if (!isPaused || isHeld || deliveries.size() > limit / 2 || !channel.isWritable() || !channel.isActive()) {
            return;
        }
        if (!shared.window().isOpen() && !hasReserve(reserve / 2)) {
            waitForWindow();
        } else if (shared.inflow().isOpen()) {
            isPaused = false;
            shared.meters().resumed();
            channel.config().setAutoRead(true);
            // That brought at once what was decoded before the pause, and not the sign that ends a burst.
            endBurst();
        }
    }

    /// Whether to read on though the window of all is full: else a device that waits for its acks could not say, by
    /// pings, that it is there.
    private boolean hasReserve(int messages) {
        return deliveries.size() <= messages && shared.window().hasReserve();
    }

    /// Reads no more until [#letGo()].
    void hold() {
        isHeld = true;
        pause();
    }

    void letGo() {
        isHeld = false;
        resumeIfAllowed();
    }

    /// The line failed: nothing of this will be acked.
    void abandon() {
        hold();
        shared.window().release(deliveries.size());
        deliveries.clear();
        endIfDrained();
    }

    /// The connection is gone. What is under way stays counted until it is durable, or its line failed.
    ///
    /// @param drained runs when nothing is under way any more
    void end(Runnable drained) {
        isHeld = true;
        whenDrained = drained;
        endIfDrained();
        if (isPaused) {
            shared.meters().resumed();
            isPaused = false;
        }
    }

    private void endIfDrained() {
        if (whenDrained != null && deliveries.isEmpty()) {
            whenDrained.run();
        }
    }

    private void pause() {
        if (!isPaused) {
            isPaused = true;
            wasPaused = true;
            shared.meters().paused();
            channel.config().setAutoRead(false);
        }
    }

    private void waitForWindow() {
        if (!isWaitingForWindow) {
            isWaitingForWindow = true;
            shared.window()
                    .whenOpen(() -> channel.eventLoop().execute(() -> {
                        isWaitingForWindow = false;
                        resumeIfAllowed();
                    }));
        }
    }

    private void flushAcks() {
        // Before looking: an ack that comes while we look asks for another flush.
        isFlushDue.set(false);
        boolean isConnected = channel.isActive();
        ByteBuf replies = null;
        int released = 0;
        int acked = 0;
        for (var next = deliveries.peek(); next != null && next.isFulfilled(); next = deliveries.peek()) {
            deliveries.remove();
            released++;
            if (isConnected && next.qos() > 0) {
                if (replies == null) {
                    replies = channel.alloc().ioBuffer(Replies.ACK_LENGTH * (deliveries.size() + 1));
                }
                write(next, replies);
                acked++;
            }
        }
        if (replies != null) {
            channel.writeAndFlush(replies, channel.voidPromise());
            shared.reception().acked(acked);
        }
        if (released > 0) {
            shared.window().release(released);
            resumeIfAllowed();
            endIfDrained();
        }
    }

    private void write(Delivery delivery, ByteBuf replies) {
        if (delivery.qos() == 1) {
            Replies.puback(replies, delivery.packetId());
        } else {
            session.hold(delivery.packetId());
            Replies.pubrec(replies, delivery.packetId());
        }
    }
}
