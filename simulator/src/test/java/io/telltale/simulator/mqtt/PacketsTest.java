package io.telltale.simulator.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/// The expected bytes are written down from the MQTT 3.1.1 standard.
class PacketsTest {
    private final ByteBuf out = Unpooled.buffer();

    @Test
    void connect_is_a_clean_session_with_a_retained_last_will() {
        Packets.connect(out, Packets.text("m-1"), Packets.text("status/m-1"), Packets.text("offline"), 60);

        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo("10" + "24" + "00044d515454" + "04" + "2e" + "003c"
                        + "00036d2d31"
                        + "000a7374617475732f6d2d31"
                        + "00076f66666c696e65");
    }

    @Test
    void publish_with_an_id_is_qos_1() {
        Packets.publish(out, Packets.text("t/a"), 258, Unpooled.copiedBuffer("{}", US_ASCII));

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("32" + "09" + "0003742f61" + "0102" + "7b7d");
    }

    @Test
    void publish_without_an_id_is_qos_0() {
        Packets.publish(out, Packets.text("t/a"), 0, Unpooled.copiedBuffer("{}", US_ASCII));

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("30" + "07" + "0003742f61" + "7b7d");
    }

    @Test
    void a_message_sent_again_carries_the_dup_flag_and_all_its_bytes() {
        Packets.publish(out, Packets.text("t/a"), 1, Unpooled.copiedBuffer("{}", US_ASCII));
        out.skipBytes(out.readableBytes());

        Packets.markResent(out);

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("3a" + "09" + "0003742f61" + "0001" + "7b7d");
    }

    @Test
    void presence_is_retained() {
        Packets.publishRetained(out, Packets.text("s/a"), "online".getBytes(US_ASCII));

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("31" + "0b" + "0003732f61" + "6f6e6c696e65");
    }

    @Test
    void a_length_above_127_takes_two_bytes() {
        var topic = Packets.text("t/a");
        var payload = Unpooled.wrappedBuffer(new byte[200]);

        Packets.publish(out, topic, 1, payload);

        assertThat(ByteBufUtil.hexDump(out, 0, 3)).isEqualTo("32" + "cf01");
        assertThat(Packets.payloadStart(out, topic)).isEqualTo(out.readableBytes() - 200);
        assertThat(out.readableBytes()).isLessThanOrEqualTo(Packets.publishCapacity(topic, 200));
        assertThat(payload.readableBytes()).isEqualTo(200);
    }

    @Test
    void ping_and_disconnect_are_two_bytes() {
        Packets.ping(out);
        Packets.disconnect(out);

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("c000e000");
    }
}
