package io.telltale.simulator.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyParserTest {
    private final List<String> heard = new ArrayList<>();
    private final ReplyParser parser = new ReplyParser(new ReplyParser.Replies() {
        @Override
        public void connected(int code, int receiveMaximum) {
            heard.add("connected " + code + (receiveMaximum == 65_535 ? "" : " at most " + receiveMaximum));
        }

        @Override
        public void published(int packetId, int reason) {
            heard.add("published " + packetId + (reason == 0 ? "" : " reason " + reason));
        }

        @Override
        public void ponged() {
            heard.add("ponged");
        }

        @Override
        public void malformed() {
            heard.add("malformed");
        }
    });

    @Test
    void replies_come_through_wherever_tcp_cuts_them() {
        byte[] bytes = ByteBufUtil.decodeHexDump("20020000" + "40020001" + "d000" + "4002fffe" + "20020105");

        for (byte octet : bytes) {
            parser.feed(Unpooled.wrappedBuffer(new byte[] {octet}));
        }

        assertThat(heard).containsExactly("connected 0", "published 1", "ponged", "published 65534", "connected 5");
    }

    @Test
    void packets_meant_for_subscribers_are_skipped() {
        parser.feed(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("30060003742f6121" + "40020007")));

        assertThat(heard).containsExactly("published 7");
    }

    @Test
    void a_length_of_five_bytes_is_no_mqtt() {
        parser.feed(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("30ffffffffff01")));

        assertThat(heard).containsExactly("malformed");
    }

    @Test
    void version_5_says_how_much_may_wait_and_why_a_message_was_refused() {
        // Session expiry 0, a user property, receive maximum 20.
        parser.feed(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(
                "2014" + "0000" + "11" + "1100000000" + "26" + "000161" + "000162" + "21" + "0014" + "2400")));
        parser.feed(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("4004" + "0005" + "97" + "00")));

        assertThat(heard).containsExactly("connected 0 at most 20", "published 5 reason 151");
    }
}
