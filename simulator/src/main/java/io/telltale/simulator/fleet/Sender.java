package io.telltale.simulator.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.telltale.simulator.device.Device;
import io.telltale.simulator.mqtt.Session;
import io.telltale.simulator.report.MessageKind;
import java.util.ArrayDeque;

/// One device at work: makes its messages when they are due and there is room for them, each with the event
/// time it was due at. What cannot go yet is only counted, so a stalled server costs no memory; only what a
/// fault holds back is kept.
final class Sender {
    /// A message that is made and has not left.
    private record Made(ByteBuf payload, MessageKind kind, int points, long intendedNanos) {
        Made dueAt(long nanos) {
            return new Made(payload, kind, points, nanos);
        }
    }

    private final Shard shard;
    private final Session session;
    private final Device device;
    private final int place;
    private final byte[] topic;
    private final Arrivals arrivals;
    /// What leaves as soon as there is room, before anything else.
    private final ArrayDeque<Made> outbox = new ArrayDeque<>(0);
    private final ArrayDeque<Made> held = new ArrayDeque<>(0);
    private Device.Release heldFor = Device.Release.AT_ONCE;

    private long due;
    private long done;
    private boolean isInLine;

    /// @param arrivals a cursor of its own: that of the agenda is ahead of it
    Sender(Shard shard, Session session, Device device, int place, Arrivals arrivals) {
        this.shard = shard;
        this.session = session;
        this.device = device;
        this.place = place;
        this.topic = Session.topic(device.identity().topic());
        this.arrivals = arrivals;
    }

    Device device() {
        return device;
    }

    int place() {
        return place;
    }

    void becomeDue() {
        due++;
    }

    /// Messages that are due but have not left.
    long unsent() {
        return due - done + outbox.size() + held.size();
    }

    boolean hasMade() {
        return !outbox.isEmpty();
    }

    /// Is it among those that wait for room on its line?
    boolean isInLine() {
        return isInLine;
    }

    void isInLine(boolean isNow) {
        isInLine = isNow;
    }

    /// Sends one message, or leaves one out that a fault swallows. Call only when there is room.
    ///
    /// @return whether there may be another
    boolean sendOne(long nowNanos) {
        var first = outbox.poll();
        if (first != null) {
            publish(first.payload, first.kind, first.points, first.intendedNanos, nowNanos);
            return true;
        }
        if (done == due || !shard.isSending()) {
            return false;
        }
        long offset = arrivals.nanos();
        boolean hasSomethingToSay = device.enter(arrivals.slot(), offset, shard.timeMillis(offset));
        arrivals.advance();
        done++;
        if (hasSomethingToSay) {
            make(shard.dueNanos(offset), nowNanos);
        }
        return true;
    }

    private void make(long intendedNanos, long nowNanos) {
        if (device.isCut()) {
            session.cut(nowNanos);
        }
        var payload = shard.scratch().clear();
        device.write(payload);
        var release = device.release();
        if (release != Device.Release.AT_ONCE) {
            heldFor = release;
            held.add(kept(payload, intendedNanos));
        } else if (held.isEmpty() && session.canPublish()) {
            publish(payload, device.kind(), device.points(), intendedNanos, nowNanos);
        } else {
            var made = kept(payload, intendedNanos);
            if (heldFor == Device.Release.TOGETHER) {
                letGo(intendedNanos);
                outbox.add(made);
            } else {
                outbox.add(made);
                letGo(intendedNanos);
            }
        }
    }

    /// What is held back is meant to leave now.
    private void letGo(long intendedNanos) {
        for (var made = held.poll(); made != null; made = held.poll()) {
            outbox.add(made.dueAt(intendedNanos));
        }
    }

    private Made kept(ByteBuf payload, long intendedNanos) {
        return new Made(Unpooled.copiedBuffer(payload), device.kind(), device.points(), intendedNanos);
    }

    private void publish(ByteBuf payload, MessageKind kind, int points, long intendedNanos, long nowNanos) {
        session.publish(topic, payload, kind, place, points, intendedNanos, nowNanos);
    }

    /// Nothing new is due any more: what a fault held back may go.
    void finish(long nowNanos) {
        letGo(nowNanos);
        device.finish();
    }
}
