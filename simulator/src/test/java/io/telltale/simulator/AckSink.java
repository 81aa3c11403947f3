package io.telltale.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/// An MQTT 3.1.1 server that acks at once and forgets: what the simulator's own speed is measured against. One
/// thread.
///
/// `java -cp ... io.telltale.simulator.AckSink PORT`
public final class AckSink {
    private static final int BACKLOG = 10_000;

    private AckSink() {}

    public static void main(String[] arguments) throws InterruptedException {
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Acking());
                    }
                })
                .bind("0.0.0.0", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static final class Acking extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            var answers = context.alloc().buffer();
            while (take(in, answers)) {}
            context.writeAndFlush(answers, context.voidPromise());
        }

        private static boolean take(ByteBuf in, ByteBuf answers) {
            int start = in.readerIndex();
            int at = start + 1;
            int length = 0;
            int octet;
            int shift = 0;
            do {
                if (at >= in.writerIndex()) {
                    return false;
                }
                octet = in.getUnsignedByte(at++);
                length |= (octet & 0x7F) << shift;
                shift += 7;
            } while ((octet & 0x80) != 0);
            if (in.writerIndex() - at < length) {
                return false;
            }
            int header = in.getUnsignedByte(start);
            switch (header >> 4) {
                case 1 -> answers.writeInt(0x20020000);
                case 3 -> {
                    if ((header & 0x06) != 0) {
                        int id = at + 2 + in.getUnsignedShort(at);
                        answers.writeShort(0x4002).writeShort(in.getUnsignedShort(id));
                    }
                }
                case 12 -> answers.writeShort(0xD000);
                default -> {
                    // A goodbye.
                }
            }
            in.readerIndex(at + length);
            return true;
        }
    }
}
