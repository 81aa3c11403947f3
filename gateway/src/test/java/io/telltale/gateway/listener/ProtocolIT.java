package io.telltale.gateway.listener;

import static io.telltale.gateway.listener.RawDevice.connect;
import static io.telltale.gateway.listener.RawDevice.publish;
import static io.telltale.gateway.listener.RawDevice.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.Report;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a device is told, and what it is refused.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ProtocolIT {
    @RegisterExtension
    static final TestListener listener = new TestListener();

    @Test
    void mqtt_5_devices_are_told_the_limits_and_their_name() {
        try (var device = listener.device().send(connect(5, "", 2, 0))) {
            assertThat(device.read())
                    .startsWith("20")
                    .contains("210100") // receive maximum 256
                    .contains("2700100000") // maximum packet size 1 MiB
                    .contains("2800", "2a00", "2900", "220010")
                    .contains(HexFormat.of().formatHex("telltale-".getBytes(UTF_8)));
        }
    }

    @Test
    void a_topic_alias_stands_for_its_topic() throws Exception {
        try (var device = listener.device().send(connect(5, "d", 2, 0))) {
            device.read();
            device.send(publish("telemetry/d", 1, 1, "{\"a\": 1}", "03230005"))
                    .send(publish("", 1, 2, "{\"a\": 2}", "03230005"));

            assertThat(listener.line().next(2))
                    .extracting(delivery -> ((Report) delivery.first()).device().value())
                    .containsExactly("d", "d");
            device.send(publish("", 1, 3, "{}", "03230006"));
            assertThat(device.read()).as("unknown alias").isEqualTo("e0028200");
        }
        try (var device = listener.device().send(connect(5, "d", 2, 0))) {
            device.read();
            device.send(publish("telemetry/d", 1, 1, "{}", "03230011"));
            assertThat(device.read()).as("alias 17").isEqualTo("e0029400");
        }
    }

    @Test
    void subscriptions_are_refused_politely() {
        try (var device = listener.connected("d", true)) {
            device.send("8206" + "0001" + "000161" + "01");
            assertThat(device.read()).isEqualTo("9003000180");
            device.send("a205" + "0002" + "000161");
            assertThat(device.read()).isEqualTo("b0020002");
        }
        try (var device = listener.device().send(connect(5, "d", 2, 0))) {
            device.read();
            device.send("8207" + "0001" + "00" + "000161" + "01");
            assertThat(device.read()).isEqualTo("900400010087");
            device.send("a206" + "0002" + "00" + "000161");
            assertThat(device.read()).isEqualTo("b00400020011");
        }
    }

    @Test
    void what_breaks_the_protocol_closes_the_connection_with_its_reason() {
        assertThat(answerOfMqtt5("3004" + "000123" + "00"))
                .as("a wildcard in a topic")
                .isEqualTo("e0028100");
        assertThat(answerOfMqtt5("2003000000")).as("a server's packet").isEqualTo("e0028200");
        assertThat(answerOfMqtt5("3080808001")).as("2 MiB").isEqualTo("e0029500");
        assertThat(listener.count("telltale.gateway.packets.oversize")).isEqualTo(1);
        try (var device = listener.connected("d", true)) {
            assertThat(device.send("3605" + "000161" + "0001").read()).isEqualTo("closed");
        }
    }

    @Test
    void a_connect_that_cannot_be_is_refused() {
        assertThat(listener.answerTo(connect(4, "", 0, 0))).isEqualTo("20020002");
        assertThat(listener.answerTo(connect(6, "d", 2, 0))).isEqualTo("20020001");
        assertThat(listener.answerTo(connect(4, "d".repeat(257), 2, 0))).isEqualTo("20020002");
        assertThat(listener.answerTo(publish("telemetry/d", 0, 0, "{}"))).isEqualTo("closed");
        assertThat(listener.answerTo(connect(3, "d", 2, 0)))
                .as("MQTT 3.1 is welcome")
                .isEqualTo("20020000");
    }

    @Test
    void with_credentials_only_those_who_know_them_connect() throws Exception {
        listener.reopen("credentials = [{ username = u, password = p }]");

        assertThat(listener.answerTo(connect(4, "d", 0xC2, 0, text("u"), text("p"))))
                .isEqualTo("20020000");
        assertThat(listener.answerTo(connect(4, "d", 0xC2, 0, text("u"), text("q"))))
                .isEqualTo("20020004");
        assertThat(listener.answerTo(connect(4, "d", 0x02, 0))).isEqualTo("20020005");
        assertThat(listener.answerTo(connect(5, "d", 0x02, 0))).isEqualTo("2003008600");
    }

    @Test
    void more_connections_than_allowed_are_refused() throws Exception {
        listener.reopen("max-connections = 1");
        try (var first = listener.connected("one", true)) {
            assertThat(listener.answerTo(connect(4, "two", 2, 0))).isEqualTo("20020003");
            assertThat(listener.answerTo(connect(5, "two", 2, 0))).isEqualTo("2003009700");
            assertThat(first.send("c000").read()).isEqualTo("d000");
        }
    }

    @Test
    void a_socket_that_never_connects_is_closed() throws Exception {
        listener.reopen("mqtt.connect-deadline = 200 ms");
        try (var device = listener.device()) {
            assertThat(device.read()).isEqualTo("closed");
        }
    }

    private String answerOfMqtt5(String hex) {
        try (var device = listener.device().send(connect(5, "d", 2, 0))) {
            device.read();
            return device.send(hex).read();
        }
    }
}
