package io.telltale.simulator.mqtt;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.telltale.simulator.scenario.DeviceType;
import io.telltale.simulator.scenario.Server;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// An MQTT client that listens, with QoS 0, on a thread of its own. It does not come back when its line breaks:
/// what it then misses it cannot measure anyway.
public final class Subscriber implements AutoCloseable {
    private static final int SUBACK = 0x90;
    private static final int PUBLISH = 0x30;
    private static final long KEEP_ALIVE_MILLIS = TimeUnit.SECONDS.toMillis(Wire.KEEP_ALIVE_SECONDS / 2);

    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("subscriber", true), NioIoHandler.newFactory());
    private final CompletableFuture<Subscriber> ready = new CompletableFuture<>();
    private final Profile profile;
    private final List<byte[]> filters;
    private final Consumer<ByteBuf> payloads;

    private Subscriber(Server server, List<String> filters, Consumer<ByteBuf> payloads) {
        this.profile = Profile.of(
                "telltale-simulator-" + ProcessHandle.current().pid(),
                new DeviceType.Link(DeviceType.Protocol.MQTT_3_1_1, 0, 1, 1),
                new ArrayList<>(),
                server.user(),
                server.password());
        this.filters = filters.stream().map(Packets::text).toList();
        this.payloads = payloads;
    }

    /// @param payloads hears of each message, on a thread of its own; valid during the call
    /// @return done when the server has confirmed every subscription
    public static CompletableFuture<Subscriber> subscribe(
            Server server, List<String> filters, Consumer<ByteBuf> payloads) {
        var subscriber = new Subscriber(server, filters, payloads);
        var tls = server.tls().map(TlsContext::of);
        new Bootstrap()
                .group(subscriber.group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        tls.ifPresent(some -> channel.pipeline().addLast(some.handler(channel.alloc(), server)));
                        channel.pipeline().addLast(subscriber.new Listening());
                    }
                })
                .connect(InetSocketAddress.createUnresolved(server.host(), server.port()))
                .addListener(connecting -> {
                    if (!connecting.isSuccess()) {
                        subscriber.fail(String.valueOf(connecting.cause().getMessage()));
                    }
                });
        return subscriber.ready.orTimeout(Wire.CONNECT_DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void fail(String why) {
        ready.completeExceptionally(new IllegalStateException("cannot subscribe: " + why));
        close();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /// Cuts the stream of bytes into packets.
    private final class Listening extends ByteToMessageDecoder {
        private int confirmed;

        @Override
        public void channelActive(ChannelHandlerContext opened) {
            var packet = opened.alloc().buffer();
            Packets.connect(packet, profile, Wire.KEEP_ALIVE_SECONDS);
            opened.writeAndFlush(packet, opened.voidPromise());
            opened.executor()
                    .scheduleAtFixedRate(
                            () -> ping(opened), KEEP_ALIVE_MILLIS, KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void ping(ChannelHandlerContext opened) {
            var packet = opened.alloc().buffer(2);
            Packets.ping(packet);
            opened.writeAndFlush(packet, opened.voidPromise());
        }

        @Override
        protected void decode(ChannelHandlerContext opened, ByteBuf in, List<Object> out) {
            int start = in.readerIndex();
            int length = 0;
            int shift = 0;
            int at = start + 1;
            do {
                if (at >= in.writerIndex()) {
                    return;
                }
                length |= (in.getUnsignedByte(at) & 0x7F) << shift;
                shift += 7;
            } while ((in.getUnsignedByte(at++) & 0x80) != 0);
            if (in.writerIndex() - at < length) {
                return;
            }
            take(opened, in.getUnsignedByte(start), in.slice(at, length));
            in.readerIndex(at + length);
        }

        private void take(ChannelHandlerContext opened, int header, ByteBuf body) {
            switch (header & 0xF0) {
                case Packets.CONNACK -> {
                    if (body.getByte(1) != 0) {
                        fail("the server refused the connection with code " + body.getByte(1));
                    }
                    subscribe(opened);
                }
                case SUBACK -> {
                    if ((body.getByte(2) & Wire.FIRST_FAILURE) != 0) {
                        fail("the server refused the subscription");
                    } else if (++confirmed == filters.size()) {
                        ready.complete(Subscriber.this);
                    }
                }
                case PUBLISH -> {
                    body.skipBytes(2 + body.getUnsignedShort(0));
                    payloads.accept(body);
                }
                default -> {
                    // Answers to pings.
                }
            }
        }

        private void subscribe(ChannelHandlerContext opened) {
            for (int i = 0; i < filters.size(); i++) {
                var packet = opened.alloc().buffer();
                Packets.subscribe(packet, false, i + 1, filters.get(i));
                opened.write(packet, opened.voidPromise());
            }
            opened.flush();
        }

        @Override
        public void channelInactive(ChannelHandlerContext closed) throws Exception {
            super.channelInactive(closed);
            ready.completeExceptionally(new IllegalStateException("cannot subscribe: the server hung up"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext opened, Throwable cause) {
            fail(String.valueOf(cause.getMessage()));
        }
    }
}
