package io.telltale.simulator.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.telltale.simulator.report.MessageKind;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One device's line to the server: announces presence, publishes, connects again when the line breaks and then sends
/// again what was not acked.
/// Belongs to the thread of the event loop.
public final class DeviceConnection {
    /// Who has something to say over the line.
    public interface Owner {
        String id();

        int pointsPerMessage();

        /// The line stands, for the first time or again.
        void connected();

        /// There may be room to publish again.
        void ready();

        /// @param payload what was acked; valid during the call
        void acked(MessageKind kind, ByteBuf payload);
    }

    private static final byte[] ONLINE = "online".getBytes(US_ASCII);
    private static final byte[] OFFLINE = "offline".getBytes(US_ASCII);
    private static final long PING_AFTER_NANOS = TimeUnit.SECONDS.toNanos(Wire.KEEP_ALIVE_SECONDS / 2);
    /// Long, because a server that holds back its senders may not read the ping for a while.
    private static final long PONG_DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Wire wire;
    private final Owner owner;
    private final int place;
    private final byte[] telemetryTopic;
    private final byte[] statusTopic;
    private final InFlight inFlight;

    private @Nullable Link link;
    private boolean isClosed;
    private boolean hasBeenConnected;
    private boolean awaitsFlush;
    private int failuresInARow;

    /// @param place the device's place in the fleet
    public DeviceConnection(Wire wire, Owner owner, int place) {
        this.wire = wire;
        this.owner = owner;
        this.place = place;
        this.telemetryTopic = Packets.text("telemetry/" + owner.id());
        this.statusTopic = Packets.text("status/" + owner.id());
        this.inFlight = new InFlight(wire.window);
    }

    public void connect() {
        wire.gate.enter(this::open);
    }

    /// Whether [#publish] may be called: connected, and neither the window nor the socket is full.
    public boolean canPublish() {
        return link != null && link.isAccepted && link.context().channel().isWritable() && !inFlight.isFull();
    }

    /// @param intendedNanos when the message was due, on the clock of [System#nanoTime]
    public void publish(ByteBuf payload, MessageKind kind, long intendedNanos, long nowNanos) {
        if (link == null) {
            throw new IllegalStateException(owner.id() + " is not connected");
        }
        var packet = wire.allocator.directBuffer(Packets.publishCapacity(telemetryTopic, payload.readableBytes()));
        if (wire.expectsAcks) {
            Packets.publish(packet, telemetryTopic, inFlight.nextPacketId(), payload);
            inFlight.add(packet.retain(), kind, intendedNanos);
        } else {
            Packets.publish(packet, telemetryTopic, 0, payload);
        }
        link.write(packet);
        link.latestWriteNanos = nowNanos;
        wire.ledger.sent(wire.expectsAcks);
    }

    /// Keeps an idle line alive, and gives up one that does not answer. Call about once a second.
    public void keepAlive(long nowNanos) {
        if (link != null && link.isAccepted) {
            link.keepAlive(nowNanos);
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

    void flush() {
        awaitsFlush = false;
        if (link != null) {
            link.context().flush();
        }
    }

    private void open() {
        if (isClosed) {
            wire.gate.leave();
            return;
        }
        var newLink = new Link();
        wire.bootstrap().handler(newLink).connect().addListener((ChannelFuture connecting) -> {
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
        if (!isClosed) {
            wire.afterBackOff(failuresInARow++, this::connect);
        }
    }

    /// One TCP connection, from its beginning to its end.
    private final class Link extends ChannelInboundHandlerAdapter implements ReplyParser.Replies {
        private final ReplyParser parser = new ReplyParser(this);
        private @Nullable ChannelHandlerContext context;
        private boolean isAccepted;
        private String refusal = "the server closed the connection before accepting it";
        private long latestWriteNanos;
        /// 0 when no ping is on its way.
        private long pingedNanos;

        ChannelHandlerContext context() {
            if (context == null) {
                throw new IllegalStateException("not connected");
            }
            return context;
        }

        @Override
        public void channelActive(ChannelHandlerContext opened) {
            context = opened;
            link = this;
            if (isClosed) {
                opened.close();
                return;
            }
            latestWriteNanos = System.nanoTime();
            var packet = wire.allocator.directBuffer();
            Packets.connect(
                    packet, Packets.text(owner.id()), statusTopic, Packets.text("offline"), Wire.KEEP_ALIVE_SECONDS);
            opened.writeAndFlush(packet, opened.voidPromise());
            opened.executor().schedule(this::giveUpUnlessAccepted, Wire.CONNECT_DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void giveUpUnlessAccepted() {
            if (!isAccepted) {
                context().close();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext opened, Object message) {
            var bytes = (ByteBuf) message;
            try {
                parser.feed(bytes);
            } finally {
                bytes.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext opened) {
            if (canPublish()) {
                owner.ready();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext opened) {
            if (canPublish()) {
                owner.ready();
            }
        }

        @Override
        public void connected(int code) {
            if (code != 0) {
                refusal = "the server refused the connection with code " + code;
                context().close();
                return;
            }
            if (isAccepted) {
                malformed();
                return;
            }
            isAccepted = true;
            failuresInARow = 0;
            wire.gate.leave();
            if (hasBeenConnected) {
                wire.ledger.reconnected();
            }
            hasBeenConnected = true;
            writeStatus(ONLINE);
            inFlight.forEach(packet -> {
                Packets.markResent(packet);
                write(packet.retain());
                wire.ledger.resent();
            });
            owner.connected();
        }

        @Override
        public void published(int packetId) {
            int index = inFlight.find(packetId);
            if (index < 0) {
                return;
            }
            var kind = inFlight.kind(index);
            long intended = inFlight.intendedNanos(index);
            var packet = inFlight.remove(index);
            wire.ledger.acked(place, kind, owner.pointsPerMessage(), intended, System.nanoTime());
            packet.readerIndex(Packets.payloadStart(packet, telemetryTopic));
            owner.acked(kind, packet);
            packet.release();
        }

        @Override
        public void ponged() {
            pingedNanos = 0;
        }

        @Override
        public void malformed() {
            context().close();
        }

        void keepAlive(long nowNanos) {
            if (pingedNanos != 0) {
                if (nowNanos - pingedNanos > PONG_DEADLINE_NANOS) {
                    context().close();
                }
            } else if (nowNanos - latestWriteNanos > PING_AFTER_NANOS) {
                var packet = wire.allocator.directBuffer(2);
                Packets.ping(packet);
                write(packet);
                latestWriteNanos = nowNanos;
                pingedNanos = nowNanos;
            }
        }

        void write(ByteBuf packet) {
            context().write(packet, context().voidPromise());
            if (!awaitsFlush) {
                awaitsFlush = true;
                wire.flushLater(DeviceConnection.this);
            }
        }

        private void writeStatus(byte[] status) {
            var packet = wire.allocator.directBuffer(Packets.publishCapacity(statusTopic, status.length));
            Packets.publishRetained(packet, statusTopic, status);
            write(packet);
        }

        void close() {
            if (isAccepted) {
                writeStatus(OFFLINE);
                var packet = wire.allocator.directBuffer(2);
                Packets.disconnect(packet);
                context().writeAndFlush(packet).addListener(ChannelFutureListener.CLOSE);
            } else {
                context().close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext closed) {
            link = null;
            if (isAccepted) {
                reconnectLater();
            } else {
                wire.gate.leave();
                failed(refusal);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext opened, Throwable cause) {
            // A broken line: the close tells the rest, and the ledger counts the reconnect.
            opened.close();
        }
    }
}
