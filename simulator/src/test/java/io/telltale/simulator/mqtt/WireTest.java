package io.telltale.simulator.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.telltale.simulator.report.Accounts;
import io.telltale.simulator.report.Ledger;
import io.telltale.simulator.scenario.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final Profile PROFILE = new Profile(
            Packets.text("meter"), false, 1, 8, Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    /// Its event loop is the wire's: a turn of it ends when the test says so.
    private final EmbeddedChannel turn = new EmbeddedChannel();

    private final EmbeddedChannel one = new EmbeddedChannel();
    private final EmbeddedChannel two = new EmbeddedChannel();

    private final Ledger ledger = new Ledger(new Accounts(1), new long[] {Long.MAX_VALUE});
    private final Wire wire = new Wire(turn.eventLoop(), Server.LOCAL, 1, Optional.empty(), ledger);

    @AfterEach
    void close() {
        turn.finishAndReleaseAll();
        one.finishAndReleaseAll();
        two.finishAndReleaseAll();
    }

    @Test
    void what_is_written_in_one_turn_of_the_loop_leaves_at_its_end() {
        var first = linkOn(one);
        var second = linkOn(two);

        first.write(packet(1));
        second.write(packet(2));
        first.write(packet(3));
        assertThat(written(one)).isEmpty();

        turn.runPendingTasks();

        assertThat(written(one)).containsExactly(1, 3);
        assertThat(written(two)).containsExactly(2);
    }

    @Test
    void a_flush_that_lets_others_write_flushes_them_too_and_the_next_turn_as_well() {
        var first = linkOn(one);
        var second = linkOn(two);
        one.pipeline().addFirst(onFlush(() -> second.write(packet(2))));

        first.write(packet(1));
        turn.runPendingTasks();
        assertThat(written(one)).containsExactly(1);
        assertThat(written(two)).containsExactly(2);

        first.write(packet(3));
        turn.runPendingTasks();
        assertThat(written(one)).containsExactly(3);
        assertThat(written(two)).containsExactly(2);
    }

    private Link linkOn(EmbeddedChannel channel) {
        var link = new Link(wire, PROFILE, new Silent());
        channel.pipeline().addLast(link);
        link.channelActive(channel.pipeline().context(link));
        written(channel); // the greeting
        return link;
    }

    private static ByteBuf packet(int number) {
        return Unpooled.buffer(1).writeByte(number);
    }

    /// The numbers of the packets that have left since this was asked before.
    private static List<Integer> written(EmbeddedChannel channel) {
        var numbers = new ArrayList<Integer>();
        for (ByteBuf packet = channel.readOutbound(); packet != null; packet = channel.readOutbound()) {
            numbers.add((int) packet.readByte());
            packet.release();
        }
        return numbers;
    }

    /// Stands between a link and its socket.
    private static ChannelOutboundHandlerAdapter onFlush(Runnable action) {
        return new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext context) {
                context.flush();
                action.run();
            }
        };
    }

    private static final class Silent implements Link.User {
        @Override
        public void opened(Link link) {}

        @Override
        public void accepted(Link link, int receiveMaximum) {}

        @Override
        public void writable() {}

        @Override
        public void acked(int packetId, int reason) {}

        @Override
        public void closed(boolean wasAccepted, String why) {}
    }
}
