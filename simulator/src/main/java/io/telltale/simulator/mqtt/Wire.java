package io.telltale.simulator.mqtt;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.telltale.simulator.report.Ledger;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// What the connections of a fleet share. Belongs to the thread of its event loop.
public final class Wire {
    static final int KEEP_ALIVE_SECONDS = 60;
    /// A server that has not answered a connect after this time is not going to.
    static final long CONNECT_DEADLINE_MILLIS = 10_000;

    private static final int MAX_CONNECTS_AT_A_TIME = 200;
    private static final long FIRST_BACK_OFF_MILLIS = 100;
    private static final long LONGEST_BACK_OFF_MILLIS = 10_000;
    /// 128 PUBACKs: more than an in-flight window of the usual size.
    private static final int READ_BYTES = 512;

    final EventLoop loop;
    final Ledger ledger;
    final ConnectGate gate = new ConnectGate(MAX_CONNECTS_AT_A_TIME);
    final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    final int window;
    final boolean expectsAcks;

    private final Bootstrap bootstrap;
    private final SplittableRandom jitter = new SplittableRandom();
    private final ArrayList<DeviceConnection> unflushed = new ArrayList<>();
    private String latestFailure = "no answer";

    /// @param qos 0 or 1
    /// @param window how many messages of a connection may wait for their PUBACK
    public Wire(EventLoop loop, String host, int port, int qos, int window, Ledger ledger) {
        this.loop = loop;
        this.ledger = ledger;
        this.window = window;
        this.expectsAcks = qos == 1;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .remoteAddress(host, port)
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_DEADLINE_MILLIS);
    }

    /// Why a connect failed last, for people.
    public String latestFailure() {
        return latestFailure;
    }

    Bootstrap bootstrap() {
        return bootstrap.clone();
    }

    void connectFailed(String why) {
        latestFailure = why;
        ledger.connectFailed();
    }

    /// Doubles with each failure, and is up to half shorter by chance, so that a fleet does not come back as one.
    void afterBackOff(int failures, Runnable action) {
        long longest = Math.min(LONGEST_BACK_OFF_MILLIS, FIRST_BACK_OFF_MILLIS << Math.min(failures, 10));
        loop.schedule(action, jitter.nextLong(longest / 2, longest + 1), TimeUnit.MILLISECONDS);
    }

    /// Flushes the connection at the end of this turn of the loop, together with all others.
    void flushLater(DeviceConnection connection) {
        if (unflushed.isEmpty()) {
            loop.execute(this::flushAll);
        }
        unflushed.add(connection);
    }

    private void flushAll() {
        for (var connection : unflushed) {
            connection.flush();
        }
        unflushed.clear();
    }
}
