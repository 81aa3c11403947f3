package io.telltale.simulator.mqtt;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.telltale.simulator.report.Ledger;
import io.telltale.simulator.scenario.Server;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// What the connections on one event loop share. Belongs to its thread.
public final class Wire {
    static final int KEEP_ALIVE_SECONDS = 60;
    /// A server that has not answered a connect after this time is not going to.
    static final long CONNECT_DEADLINE_MILLIS = 10_000;
    /// Reason codes of MQTT 5 from here on are refusals.
    static final int FIRST_FAILURE = 0x80;

    private static final long FIRST_BACK_OFF_MILLIS = 100;
    private static final long LONGEST_BACK_OFF_MILLIS = 10_000;
    /// 128 PUBACKs: more than an in-flight window of the usual size.
    private static final int READ_BYTES = 512;

    final Server server;
    final Ledger ledger;
    final ConnectGate gate;
    final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;

    private final EventLoop loop;
    private final Optional<TlsContext> tls;
    private final Bootstrap bootstrap;
    private final SplittableRandom jitter = new SplittableRandom();
    private final ArrayList<Link> unflushed = new ArrayList<>();
    private int nextSource;
    private volatile String latestFailure = "no answer";

    /// @param connectsAtATime how many handshakes may be under way on this loop
    public Wire(EventLoop loop, Server server, int connectsAtATime, Optional<TlsContext> tls, Ledger ledger) {
        this.loop = loop;
        this.server = server;
        this.ledger = ledger;
        this.tls = tls;
        this.gate = new ConnectGate(connectsAtATime);
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_DEADLINE_MILLIS);
    }

    /// Why a connect failed last, for people. Any thread may ask.
    public String latestFailure() {
        return latestFailure;
    }

    ChannelFuture connect(Link link) {
        var remote = InetSocketAddress.createUnresolved(server.host(), server.port());
        var mine = bootstrap.clone().handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                tls.ifPresent(some -> channel.pipeline().addLast(some.handler(allocator, server)));
                channel.pipeline().addLast(link);
            }
        });
        var sources = server.sources();
        return sources.isEmpty()
                ? mine.connect(remote)
                : mine.connect(remote, new InetSocketAddress(sources.get(nextSource++ % sources.size()), 0));
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

    void after(long nanos, Runnable action) {
        loop.schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    /// Flushes the link at the end of this turn of the loop, together with all others.
    void flushLater(Link link) {
        if (unflushed.isEmpty()) {
            loop.execute(this::flushAll);
        }
        unflushed.add(link);
    }

    private void flushAll() {
        // A flush may let its link, or another one, write again: those join at the end.
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }
}
