package io.telltale.gateway.listener;

import static io.telltale.gateway.TestLine.await;
import static io.telltale.gateway.TestLine.value;
import static io.telltale.gateway.listener.RawDevice.connect;
import static io.telltale.gateway.listener.RawDevice.connectWithDelayedWill;
import static io.telltale.gateway.listener.RawDevice.connected;
import static io.telltale.gateway.listener.RawDevice.publish;
import static io.telltale.gateway.listener.RawDevice.pubrel;
import static io.telltale.gateway.listener.RawDevice.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.analytics.model.Report;
import io.telltale.gateway.Settings;
import io.telltale.gateway.TestLine;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The listener against devices that speak raw MQTT.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MqttListenerIT {
    private static final ActorSystem system = ActorSystem.create();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private MqttListener listener = listen("");
    private TestLine line = TestLine.run(listener, system);

    @AfterAll
    static void stop() throws Exception {
        system.terminate();
        await(system.getWhenTerminated());
    }

    @AfterEach
    void close() throws Exception {
        await(listener.close());
    }

    @Test
    void an_ack_comes_when_it_is_fulfilled_and_not_before() throws Exception {
        try (var device = connected(listener.port(), "d", true)) {
            device.send(publish("telemetry/d", 1, 7, "{\"a\": 1}"));
            var delivery = line.next();
            assertThat(device.read(200)).isEqualTo("silence");

            line.ack(delivery);

            assertThat(device.read()).isEqualTo("40020007");
        }
    }

    @Test
    void acks_leave_in_arrival_order() throws Exception {
        try (var device = connected(listener.port(), "d", true)) {
            for (int id = 1; id <= 3; id++) {
                device.send(publish("telemetry/d", 1, id, "{\"a\": " + id + "}"));
            }
            var deliveries = line.next(3);
            line.ack(deliveries.get(2));
            line.ack(deliveries.get(1));
            assertThat(device.read(200)).isEqualTo("silence");

            line.ack(deliveries.get(0));

            assertThat(device.read()).isEqualTo("40020001");
            assertThat(device.read()).isEqualTo("40020002");
            assertThat(device.read()).isEqualTo("40020003");
        }
    }

    @Test
    void qos_0_goes_down_the_line_without_an_ack() throws Exception {
        try (var device = connected(listener.port(), "d", true)) {
            device.send(publish("telemetry/d", 0, 0, "{\"a\": 1}"));
            line.ack(line.next());
            device.send("c000");

            assertThat(device.read()).isEqualTo("d000");
            await().untilAsserted(() ->
                    assertThat(gauge("telltale.gateway.deliveries.in.flight")).isZero());
        }
    }

    @Test
    void a_bad_payload_is_acked_like_any_other_once_its_dead_letter_is_durable() throws Exception {
        try (var device = connected(listener.port(), "d", true)) {
            device.send(publish("telemetry/d", 1, 1, "{\"a\":"))
                    .send(publish("elsewhere", 1, 2, "x"))
                    .send(publish("telemetry/d", 1, 3, "[" + " ".repeat(70_000) + "]"));

            var deliveries = line.next(3);
            assertThat(deliveries)
                    .extracting(delivery -> ((DeadLetter) delivery.first()).reason())
                    .containsExactly(
                            DeadLetter.Reason.MALFORMED, DeadLetter.Reason.UNKNOWN_TOPIC, DeadLetter.Reason.TOO_LARGE);
            line.ack(deliveries);
            assertThat(device.read()).isEqualTo("40020001");
        }
    }

    @Test
    void qos_2_is_stored_once_across_a_reconnection() throws Exception {
        try (var device = connected(listener.port(), "d", false)) {
            device.send(publish("telemetry/d", 2, 5, "{\"a\": 1}"));
            line.ack(line.next());
            assertThat(device.read()).isEqualTo("50020005");
        }
        try (var device = new RawDevice(listener.port()).send(connect(4, "d", 0, 0))) {
            assertThat(device.read()).as("session present").isEqualTo("20020100");
            device.send(publish("telemetry/d", 2, 5, "{\"a\": 1}"));
            assertThat(device.read()).isEqualTo("50020005");
            device.send(pubrel(5));
            assertThat(device.read()).isEqualTo("70020005");

            device.send(publish("telemetry/d", 2, 5, "{\"a\": 2}"));

            assertThat(line.nextValue()).isEqualTo(2);
        }
    }

    @Test
    void a_clean_start_forgets_the_session() throws Exception {
        connected(listener.port(), "d", false).close();
        try (var device = new RawDevice(listener.port()).send(connect(4, "d", 2, 0))) {
            assertThat(device.read()).isEqualTo("20020000");
        }
        try (var device = new RawDevice(listener.port()).send(connect(4, "d", 0, 0))) {
            assertThat(device.read()).isEqualTo("20020000");
        }
    }

    @Test
    void a_connection_beyond_its_window_is_not_read_until_half_is_acked() throws Exception {
        reopen("connection-window = 8");
        try (var device = connected(listener.port(), "d", true)) {
            for (int id = 1; id <= 20; id++) {
                device.send(publish("telemetry/d", 1, id, "{\"a\": " + id + "}"));
            }
            var first = line.next(8);
            await().during(200, TimeUnit.MILLISECONDS)
                    .untilAsserted(() -> assertThat(line.waiting()).isZero());
            assertThat(gauge("telltale.gateway.connections.paused")).isEqualTo(1);

            line.ack(first.subList(0, 4));

            assertThat(line.next(4)).extracting(TestLine::value).containsExactly(9.0, 10.0, 11.0, 12.0);
            line.ack(first.subList(4, 8));
            assertThat(value(line.next(4).getLast())).isEqualTo(16);
        }
    }

    @RepeatedTest(value = 20, name = "{currentRepetition}") // It once hung by a race, one time in ten.
    void all_connections_together_stay_within_the_window() throws Exception {
        reopen("window = 10, connection-reserve = 0");
        try (var one = connected(listener.port(), "one", true);
                var two = connected(listener.port(), "two", true)) {
            for (int id = 1; id <= 20; id++) {
                one.send(publish("telemetry/one", 1, id, "{\"a\": " + id + "}"));
                two.send(publish("telemetry/two", 1, id, "{\"a\": " + id + "}"));
            }
            int taken = 0;
            while (taken < 40) {
                var batch = line.next(Math.min(5, 40 - taken));
                assertThat(gauge("telltale.gateway.deliveries.in.flight")).isLessThanOrEqualTo(12);
                line.ack(batch);
                taken += batch.size();
            }
            for (int id = 1; id <= 20; id++) {
                assertThat(one.read()).isEqualTo(String.format("4002%04x", id));
                assertThat(two.read()).isEqualTo(String.format("4002%04x", id));
            }
        }
    }

    @Test
    void beyond_the_window_qos_0_is_shed_and_counted_and_qos_1_waits() throws Exception {
        reopen("window = 16, connection-reserve = 0");
        try (var patient = connected(listener.port(), "patient", false);
                var careless = connected(listener.port(), "careless", false)) {
            for (int i = 1; i <= 20; i++) {
                patient.send(publish("telemetry/patient", 1, i, "{\"a\": " + i + "}"));
            }
            await().untilAsserted(() ->
                    assertThat(gauge("telltale.gateway.deliveries.in.flight")).isGreaterThanOrEqualTo(16));

            for (int i = 1; i <= 5; i++) {
                careless.send(publish("telemetry/careless", 0, 0, "{\"a\": 100}"));
            }
            await().untilAsserted(() -> assertThat(meters.counter("telltale.gateway.shed", "reason", "window-full")
                            .count())
                    .isEqualTo(5));

            for (int i = 1; i <= 20; i++) {
                var delivery = line.next();
                assertThat(TestLine.value(delivery)).isEqualTo(i);
                line.ack(delivery);
            }
            careless.send(publish("telemetry/careless", 0, 0, "{\"a\": 200}"));
            assertThat(line.nextValue()).isEqualTo(200);
        }
    }

    @Test
    void while_the_window_is_full_devices_with_little_under_way_come_in_and_have_their_pings_answered()
            throws Exception {
        reopen("window = 4, connection-reserve = 3");
        try (var hasty = connected(listener.port(), "hasty", true)) {
            for (int id = 1; id <= 20; id++) {
                hasty.send(publish("telemetry/hasty", 1, id, "{\"a\": " + id + "}"));
            }
            await().untilAsserted(() ->
                    assertThat(gauge("telltale.gateway.connections.paused")).isEqualTo(1));

            try (var calm = connected(listener.port(), "calm", true)) {
                calm.send(publish("telemetry/calm", 1, 1, "{\"a\": 100}"));
                calm.send(RawDevice.packet(0xC0, new byte[0]));

                assertThat(calm.read()).isEqualTo("d000");
                assertThat(gauge("telltale.gateway.deliveries.in.flight")).isLessThanOrEqualTo(4 * 4);
                line.ack(line.next(5));
                assertThat(calm.read()).isEqualTo("40020001");
            }
        }
    }

    @Test
    void a_paused_connection_outlives_its_keep_alive() throws Exception {
        reopen("connection-window = 1");
        try (var device = new RawDevice(listener.port()).send(connect(4, "d", 2, 1))) {
            assertThat(device.read()).isEqualTo("20020000");
            device.send(publish("telemetry/d", 1, 1, "{\"a\": 1}"));
            var delivery = line.next();
            assertThat(device.read(2_500)).isEqualTo("silence");

            line.ack(delivery);

            assertThat(device.read()).isEqualTo("40020001");
        }
    }

    @Test
    void a_device_silent_beyond_one_and_a_half_keep_alives_is_gone_and_its_will_is_said() throws Exception {
        try (var device =
                new RawDevice(listener.port()).send(connect(4, "d", 0x06, 1, text("status/d"), text("offline")))) {
            assertThat(device.read()).isEqualTo("20020000");

            assertThat(device.read()).isEqualTo("closed");

            assertThat(line.next().first()).isInstanceOfSatisfying(PresenceReport.class, report -> {
                assertThat(report.device()).isEqualTo(new DeviceId("d"));
                assertThat(report.online()).isFalse();
            });
        }
    }

    @Test
    void a_will_is_said_when_the_connection_breaks_and_not_after_a_disconnect() throws Exception {
        var will = connect(4, "d", 0x06, 0, text("status/d"), text("offline"));
        try (var device = new RawDevice(listener.port()).send(will)) {
            device.read();
            device.send("e000");
            assertThat(device.read()).isEqualTo("closed");
        }
        try (var device = new RawDevice(listener.port()).send(will)) {
            device.read();
        }
        assertThat(line.next().first()).isInstanceOf(PresenceReport.class);
        assertThat(line.waiting()).isZero();
    }

    @Test
    void a_client_id_taken_over_closes_the_connection_before_and_says_its_will_first() throws Exception {
        var will = connect(5, "d", 0x06, 0, new byte[1], text("status/d"), text("offline"));
        try (var old = new RawDevice(listener.port()).send(will)) {
            old.read();
            try (var young = connected(listener.port(), "d", true)) {
                young.send(publish("status/d", 0, 0, "online"));

                assertThat(old.read()).isEqualTo("e0028e00");
                assertThat(old.read()).isEqualTo("closed");
                assertThat(line.next().first())
                        .isInstanceOfSatisfying(
                                PresenceReport.class,
                                report -> assertThat(report.online()).isFalse());
                assertThat(line.next().first())
                        .isInstanceOfSatisfying(
                                PresenceReport.class,
                                report -> assertThat(report.online()).isTrue());
            }
        }
    }

    @Test
    void mqtt_5_devices_are_told_the_limits_and_their_name() {
        try (var device = new RawDevice(listener.port()).send(connect(5, "", 2, 0))) {
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
        try (var device = new RawDevice(listener.port()).send(connect(5, "d", 2, 0))) {
            device.read();
            device.send(publish("telemetry/d", 1, 1, "{\"a\": 1}", "03230005"))
                    .send(publish("", 1, 2, "{\"a\": 2}", "03230005"));

            assertThat(line.next(2))
                    .extracting(delivery -> ((Report) delivery.first()).device().value())
                    .containsExactly("d", "d");
            device.send(publish("", 1, 3, "{}", "03230006"));
            assertThat(device.read()).as("unknown alias").isEqualTo("e0028200");
        }
        try (var device = new RawDevice(listener.port()).send(connect(5, "d", 2, 0))) {
            device.read();
            device.send(publish("telemetry/d", 1, 1, "{}", "03230011"));
            assertThat(device.read()).as("alias 17").isEqualTo("e0029400");
        }
    }

    @Test
    void subscriptions_are_refused_politely() {
        try (var device = connected(listener.port(), "d", true)) {
            device.send("8206" + "0001" + "000161" + "01");
            assertThat(device.read()).isEqualTo("9003000180");
            device.send("a205" + "0002" + "000161");
            assertThat(device.read()).isEqualTo("b0020002");
        }
        try (var device = new RawDevice(listener.port()).send(connect(5, "d", 2, 0))) {
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
        assertThat(meters.counter("telltale.gateway.packets.oversize").count()).isEqualTo(1);
        try (var device = connected(listener.port(), "d", true)) {
            assertThat(device.send("3605" + "000161" + "0001").read()).isEqualTo("closed");
        }
    }

    @Test
    void a_connect_that_cannot_be_is_refused() {
        assertThat(answerTo(connect(4, "", 0, 0))).isEqualTo("20020002");
        assertThat(answerTo(connect(6, "d", 2, 0))).isEqualTo("20020001");
        assertThat(answerTo(connect(4, "d".repeat(257), 2, 0))).isEqualTo("20020002");
        assertThat(answerTo(publish("telemetry/d", 0, 0, "{}"))).isEqualTo("closed");
        assertThat(answerTo(connect(3, "d", 2, 0))).as("MQTT 3.1 is welcome").isEqualTo("20020000");
    }

    @Test
    void with_credentials_only_those_who_know_them_connect() throws Exception {
        reopen("credentials = [{ username = u, password = p }]");

        assertThat(answerTo(connect(4, "d", 0xC2, 0, text("u"), text("p")))).isEqualTo("20020000");
        assertThat(answerTo(connect(4, "d", 0xC2, 0, text("u"), text("q")))).isEqualTo("20020004");
        assertThat(answerTo(connect(4, "d", 0x02, 0))).isEqualTo("20020005");
        assertThat(answerTo(connect(5, "d", 0x02, 0))).isEqualTo("2003008600");
    }

    @Test
    void more_connections_than_allowed_are_refused() throws Exception {
        reopen("max-connections = 1");
        try (var first = connected(listener.port(), "one", true)) {
            assertThat(answerTo(connect(4, "two", 2, 0))).isEqualTo("20020003");
            assertThat(answerTo(connect(5, "two", 2, 0))).isEqualTo("2003009700");
            assertThat(first.send("c000").read()).isEqualTo("d000");
        }
    }

    @Test
    void a_socket_that_never_connects_is_closed() throws Exception {
        reopen("mqtt.connect-deadline = 200 ms");
        try (var device = new RawDevice(listener.port())) {
            assertThat(device.read()).isEqualTo("closed");
        }
    }

    @Test
    void a_failed_line_closes_every_connection_and_the_next_line_gets_what_is_sent_again() throws Exception {
        try (var device = connected(listener.port(), "d", false)) {
            device.send(publish("telemetry/d", 1, 1, "{\"a\": 1}"));
            line.next();

            line.fail();

            assertThat(device.read()).isEqualTo("closed");
        }
        try (var early = new RawDevice(listener.port()).send(connect(4, "d", 0, 0))) {
            assertThat(early.read(300)).as("no line, no reading").isEqualTo("silence");

            line = TestLine.run(listener, system);

            assertThat(early.read()).isEqualTo("20020100");
            early.send(publish("telemetry/d", 1, 1, "{\"a\": 1}"));
            line.ack(line.next());
            assertThat(early.read()).isEqualTo("40020001");
        }
    }

    @Test
    void a_failed_line_gives_back_the_window_even_of_devices_that_went_before() throws Exception {
        try (var device = connected(listener.port(), "d", false)) {
            device.send(publish("telemetry/d", 1, 1, "{\"a\": 1}"));
            line.next();
        }
        await().untilAsserted(
                        () -> assertThat(gauge("telltale.gateway.connections")).isZero());
        assertThat(gauge("telltale.gateway.deliveries.in.flight")).isEqualTo(1);

        line.fail();

        await().untilAsserted(() ->
                assertThat(gauge("telltale.gateway.deliveries.in.flight")).isZero());
    }

    @Test
    void a_delayed_will_waits_and_is_not_said_when_the_device_comes_back() throws Exception {
        new RawDevice(listener.port())
                .send(connectWithDelayedWill("d", false, 1))
                .readAndClose();
        try (var back = new RawDevice(listener.port()).send(connectWithDelayedWill("d", false, 1))) {
            assertThat(back.read()).startsWith("20").contains("0100");
            assertThat(back.read(1_500)).isEqualTo("silence");
            assertThat(line.waiting()).isZero();
        }

        assertThat(line.next().first()).isInstanceOf(PresenceReport.class);
    }

    @Test
    void a_delayed_will_is_said_at_once_when_the_device_begins_a_new_session() throws Exception {
        new RawDevice(listener.port())
                .send(connectWithDelayedWill("d", false, 60))
                .readAndClose();
        await().untilAsserted(() ->
                assertThat(gauge("telltale.gateway.sessions.away")).isEqualTo(1));

        try (var back = connected(listener.port(), "d", true)) {
            assertThat(line.next().first()).isInstanceOf(PresenceReport.class);
            assertThat(back.send("c000").read()).isEqualTo("d000");
        }
    }

    @Test
    void reading_stops_and_what_was_taken_in_is_still_acked() throws Exception {
        try (var device = connected(listener.port(), "d", true)) {
            device.send(publish("telemetry/d", 1, 1, "{\"a\": 1}"));
            var taken = line.next();

            await(listener.stopReading());
            await(line.end());
            device.send(publish("telemetry/d", 1, 2, "{\"a\": 2}"));
            line.ack(taken);

            assertThat(device.read()).isEqualTo("40020001");
            await(listener.close());
            assertThat(device.read()).isEqualTo("closed");
        }
    }

    @Test
    void a_taken_port_is_named() {
        assertThatThrownBy(() -> listen("mqtt.port = " + listener.port()))
                .isInstanceOf(PortTaken.class)
                .hasMessage("telltale.gateway.mqtt.port: " + listener.port() + " on 127.0.0.1 is already in use");
    }

    private String answerOfMqtt5(String hex) {
        try (var device = new RawDevice(listener.port()).send(connect(5, "d", 2, 0))) {
            device.read();
            return device.send(hex).read();
        }
    }

    private String answerTo(byte[] packet) {
        try (var device = new RawDevice(listener.port()).send(packet)) {
            return device.read();
        }
    }

    private void reopen(String settings) throws Exception {
        await(listener.close());
        meters.clear();
        listener = listen(settings);
        line = TestLine.run(listener, system);
    }

    private MqttListener listen(String settings) {
        return MqttListener.bind(Settings.with(settings), meters, InstantSource.system());
    }

    private double gauge(String name) {
        return Objects.requireNonNull(meters.find(name).gauge(), name).value();
    }
}
