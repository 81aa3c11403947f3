package io.telltale.simulator.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One TCP connection, from its beginning to its end: greets the server, keeps the line alive, and tells its
/// session what comes back. Belongs to the thread of the event loop.
final class Link extends ChannelInboundHandlerAdapter implements ReplyParser.Replies {
    /// Who uses the line.
    interface User {
        /// The line stands, though the server has not accepted us yet.
        void opened(Link link);

        void accepted(Link link, int receiveMaximum);

        /// There may be room to write again.
        void writable();

        void acked(int packetId, int reason);

        /// @param wasAccepted whether the server had accepted us
        void closed(boolean wasAccepted, String why);
    }

    private static final long PING_AFTER_NANOS = TimeUnit.SECONDS.toNanos(Wire.KEEP_ALIVE_SECONDS / 2);
    /// Long, because a server that holds back its senders may not read the ping for a while.
    private static final long PONG_DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Wire wire;
    private final Profile profile;
    private final User user;
    private final ReplyParser parser = new ReplyParser(this);
    private @Nullable ChannelHandlerContext context;
    private boolean isAccepted;
    private boolean awaitsFlush;
    private String why = "the server closed the connection before accepting it";
    private long latestWriteNanos;
    /// 0 when no ping is on its way.
    private long pingedNanos;

    Link(Wire wire, Profile profile, User user) {
        this.wire = wire;
        this.profile = profile;
        this.user = user;
    }

    boolean isAccepted() {
        return isAccepted;
    }

    /// May messages be written without filling memory?
    boolean isWritable() {
        return isAccepted && context().channel().isWritable();
    }

    /// Goes out at the end of this turn of the loop.
    void write(ByteBuf packet) {
        context().write(packet, context().voidPromise());
        if (!awaitsFlush) {
            awaitsFlush = true;
            wire.flushLater(this);
        }
    }

    void write(ByteBuf packet, long nowNanos) {
        write(packet);
        latestWriteNanos = nowNanos;
    }

    void flush() {
        awaitsFlush = false;
        context().flush();
    }

    /// Pings when there was silence, and gives up a line that does not answer. Call about once a second.
    void keepAlive(long nowNanos) {
        if (!isAccepted) {
            return;
        }
        if (pingedNanos != 0) {
            if (nowNanos - pingedNanos > PONG_DEADLINE_NANOS) {
                context().close();
            }
        } else if (nowNanos - latestWriteNanos > PING_AFTER_NANOS) {
            var packet = wire.allocator.directBuffer(2);
            Packets.ping(packet);
            write(packet, nowNanos);
            pingedNanos = nowNanos;
        }
    }

    void sayPresence(byte[] status) {
        for (var topic : profile.presence()) {
            var packet = wire.allocator.directBuffer(Packets.publishCapacity(topic, status.length));
            Packets.publishRetained(packet, profile.isVersion5(), topic, status);
            write(packet);
        }
    }

    /// Without a goodbye, as when the power fails.
    void cut() {
        context().close();
    }

    void close() {
        if (!isAccepted) {
            context().close();
            return;
        }
        sayPresence(Profile.OFFLINE);
        var packet = wire.allocator.directBuffer(2);
        Packets.disconnect(packet);
        context().writeAndFlush(packet).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelActive(ChannelHandlerContext opened) {
        context = opened;
        latestWriteNanos = System.nanoTime();
        user.opened(this);
        var packet = wire.allocator.directBuffer();
        Packets.connect(packet, profile, Wire.KEEP_ALIVE_SECONDS);
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
        user.writable();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext opened) {
        user.writable();
    }

    @Override
    public void connected(int code, int receiveMaximum) {
        if (code != 0) {
            why = "the server refused the connection with code " + code;
            context().close();
        } else if (isAccepted) {
            malformed();
        } else {
            isAccepted = true;
            sayPresence(Profile.ONLINE);
            user.accepted(this, receiveMaximum);
        }
    }

    @Override
    public void published(int packetId, int reason) {
        user.acked(packetId, reason);
    }

    @Override
    public void ponged() {
        pingedNanos = 0;
    }

    @Override
    public void malformed() {
        why = "the server speaks no MQTT";
        context().close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        user.closed(isAccepted, why);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext opened, Throwable cause) {
        // A broken line: the close tells the rest, and the ledger counts the reconnect.
        why = String.valueOf(cause.getMessage());
        opened.close();
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not connected");
        }
        return context;
    }
}
