package io.telltale.simulator.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.telltale.simulator.scenario.DeviceType;
import io.telltale.simulator.scenario.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The expected bytes are written down from the MQTT standards.
class PacketsTest {
    private final ByteBuf out = Unpooled.buffer();

    @Test
    void connect_is_a_clean_session_with_a_retained_last_will() {
        Packets.connect(out, profile(DeviceType.Protocol.MQTT_3_1_1, Optional.empty()), 60);

        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo("10" + "24" + "00044d515454" + "04" + "2e" + "003c"
                        + "00036d2d31"
                        + "000a7374617475732f6d2d31"
                        + "00076f66666c696e65");
    }

    @Test
    void version_5_has_lists_of_properties_and_credentials_come_last() {
        Packets.connect(out, profile(DeviceType.Protocol.MQTT_5, Optional.of("u")), 60);

        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo("10" + "2c" + "00044d515454" + "05" + "ee" + "003c" + "00"
                        + "00036d2d31"
                        + "00" + "000a7374617475732f6d2d31"
                        + "00076f66666c696e65"
                        + "000175"
                        + "000170");
    }

    @Test
    void a_publish_of_version_5_has_no_properties() {
        Packets.publish(out, true, Packets.text("t/a"), 258, Unpooled.copiedBuffer("{}", US_ASCII));

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("32" + "0a" + "0003742f61" + "0102" + "00" + "7b7d");
    }

    @Test
    void publish_with_an_id_is_qos_1() {
        Packets.publish(out, false, Packets.text("t/a"), 258, Unpooled.copiedBuffer("{}", US_ASCII));

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("32" + "09" + "0003742f61" + "0102" + "7b7d");
    }

    @Test
    void publish_without_an_id_is_qos_0() {
        Packets.publish(out, false, Packets.text("t/a"), 0, Unpooled.copiedBuffer("{}", US_ASCII));

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("30" + "07" + "0003742f61" + "7b7d");
    }

    @Test
    void a_message_sent_again_carries_the_dup_flag_and_all_its_bytes() {
        Packets.publish(out, false, Packets.text("t/a"), 1, Unpooled.copiedBuffer("{}", US_ASCII));
        out.skipBytes(out.readableBytes());

        Packets.markResent(out);

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("3a" + "09" + "0003742f61" + "0001" + "7b7d");
    }

    @Test
    void presence_is_retained() {
        Packets.publishRetained(out, false, Packets.text("s/a"), "online".getBytes(US_ASCII));

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("31" + "0b" + "0003732f61" + "6f6e6c696e65");
    }

    @Test
    void a_length_above_127_takes_two_bytes() {
        var topic = Packets.text("t/a");
        var payload = Unpooled.wrappedBuffer(new byte[200]);

        Packets.publish(out, false, topic, 1, payload);

        assertThat(ByteBufUtil.hexDump(out, 0, 3)).isEqualTo("32" + "cf01");
        assertThat(out.readableBytes()).isLessThanOrEqualTo(Packets.publishCapacity(topic, 200));
        assertThat(payload.readableBytes()).isEqualTo(200);
    }

    @Test
    void ping_and_disconnect_are_two_bytes() {
        Packets.ping(out);
        Packets.disconnect(out);

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("c000e000");
    }

    private static Profile profile(DeviceType.Protocol protocol, Optional<String> user) {
        return Profile.of(
                "m-1",
                new DeviceType.Link(protocol, 1, 64, 1),
                List.of("status/m-1"),
                user,
                user.map(some -> new Secret("p")));
    }
}
