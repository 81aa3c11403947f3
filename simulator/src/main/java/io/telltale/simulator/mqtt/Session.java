package io.telltale.simulator.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.telltale.simulator.report.MessageKind;
import io.telltale.simulator.scenario.DeviceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The line of one or more devices to the server: publishes, connects again when the line breaks, and then
/// sends again what was not acked. Belongs to the thread of the event loop.
public final class Session {
    /// Who has something to say over the line.
    public interface Owner {
        /// The line stands, for the first time or again.
        void connected();

        /// There may be room to publish again.
        void ready();
    }

    private final Wire wire;
    private final Profile profile;
    private final Owner owner;
    private final InFlight inFlight;
    private final Link.User user = new OfLink();

    private @Nullable Link link;
    private boolean isClosed;
    private boolean hasBeenConnected;
    private boolean isCut;
    private long notBeforeNanos = System.nanoTime();
    private int failuresInARow;

    private Session(Wire wire, Profile profile, Owner owner) {
        this.wire = wire;
        this.profile = profile;
        this.owner = owner;
        this.inFlight = new InFlight(profile.window());
    }

    /// @param statusTopics of the devices behind it, on which it says that they come and go
    public static Session of(Wire wire, String clientId, DeviceType.Link link, List<String> statusTopics, Owner owner) {
        var profile = Profile.of(clientId, link, statusTopics, wire.server.user(), wire.server.password());
        return new Session(wire, profile, owner);
    }

    /// A topic in the form that [#publish] takes.
    public static byte[] topic(String topic) {
        return Packets.text(topic);
    }

    public void connect() {
        wire.gate.enter(this::open);
    }

    /// Whether [#publish] may be called: connected, and neither the window nor the socket is full.
    public boolean canPublish() {
        return link != null && !isCut && link.isWritable() && !inFlight.isFull();
    }

    /// @param place of the device in the fleet
    /// @param intendedNanos when the message was due, on the clock of [System#nanoTime]
    public void publish(
            byte[] topic, ByteBuf payload, MessageKind kind, int place, int points, long intendedNanos, long nowNanos) {
        if (link == null) {
            throw new IllegalStateException("not connected");
        }
        var packet = wire.allocator.directBuffer(Packets.publishCapacity(topic, payload.readableBytes()));
        boolean expectsAck = profile.qos() > 0;
        if (expectsAck) {
            Packets.publish(packet, profile.isVersion5(), topic, inFlight.nextPacketId(), payload);
            inFlight.add(packet.retain(), kind, place, points, intendedNanos, nowNanos);
        } else {
            Packets.publish(packet, profile.isVersion5(), topic, 0, payload);
        }
        link.write(packet, nowNanos);
        wire.ledger.sent(place, kind, expectsAck);
    }

    /// Keeps an idle line alive, and gives up one that does not answer. Call about once a second.
    public void keepAlive(long nowNanos) {
        if (link != null) {
            link.keepAlive(nowNanos);
        }
    }

    /// Breaks the line without a goodbye. It comes back at once, or when the time has come.
    public void cut(long untilNanos) {
        notBeforeNanos = Math.max(notBeforeNanos, untilNanos);
        if (link != null && link.isAccepted()) {
            isCut = true;
            link.cut();
        }
    }

    /// Says goodbye and never connects again.
    public void close() {
        isClosed = true;
        inFlight.releaseAll();
        if (link != null) {
            link.close();
        }
    }

    /// Is there nothing left to wait for after [#close]?
    public boolean isGone() {
        return isClosed && link == null;
    }

    public boolean isConnected() {
        return link != null && link.isAccepted();
    }

    private void open() {
        if (isClosed) {
            wire.gate.leave();
            return;
        }
        wire.connect(new Link(wire, profile, user)).addListener((ChannelFuture connecting) -> {
            if (!connecting.isSuccess()) {
                wire.gate.leave();
                failed(String.valueOf(connecting.cause().getMessage()));
            }
        });
    }

    private void failed(String why) {
        wire.connectFailed(why);
        reconnectLater();
    }

    private void reconnectLater() {
        if (isClosed) {
            return;
        }
        long pauseNanos = notBeforeNanos - System.nanoTime();
        if (isCut || pauseNanos > 0) {
            isCut = false;
            wire.after(Math.max(0, pauseNanos), this::connect);
        } else {
            wire.afterBackOff(failuresInARow++, this::connect);
        }
    }

    private final class OfLink implements Link.User {
        @Override
        public void opened(Link opened) {
            link = opened;
            if (isClosed) {
                opened.close();
            }
        }

        @Override
        public void accepted(Link accepted, int receiveMaximum) {
            failuresInARow = 0;
            wire.gate.leave();
            wire.ledger.connected(hasBeenConnected);
            hasBeenConnected = true;
            inFlight.limit(Math.min(profile.window(), receiveMaximum));
            inFlight.forEach(packet -> {
                Packets.markResent(packet);
                accepted.write(packet.retain());
                wire.ledger.resent();
            });
            owner.connected();
        }

        @Override
        public void writable() {
            if (canPublish()) {
                owner.ready();
            }
        }

        @Override
        public void acked(int packetId, int reason) {
            int index = inFlight.find(packetId);
            if (index < 0) {
                return;
            }
            wire.ledger.acked(
                    inFlight.place(index),
                    inFlight.kind(index),
                    inFlight.points(index),
                    reason < Wire.FIRST_FAILURE,
                    inFlight.intendedNanos(index),
                    inFlight.sentNanos(index),
                    System.nanoTime());
            inFlight.remove(index).release();
        }

        @Override
        public void closed(boolean wasAccepted, String why) {
            link = null;
            if (wasAccepted) {
                wire.ledger.disconnected();
                reconnectLater();
            } else {
                wire.gate.leave();
                failed(why);
            }
        }
    }
}
