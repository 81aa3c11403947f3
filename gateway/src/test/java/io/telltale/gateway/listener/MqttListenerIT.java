package io.telltale.gateway.listener;

import static io.telltale.gateway.TestLine.await;
import static io.telltale.gateway.listener.RawDevice.connect;
import static io.telltale.gateway.listener.RawDevice.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.telltale.analytics.model.DeadLetter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The listener and the line behind it, against devices that speak raw MQTT.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MqttListenerIT {
    @RegisterExtension
    static final TestListener listener = new TestListener();

    @Test
    void an_ack_comes_when_it_is_fulfilled_and_not_before() throws Exception {
        try (var device = listener.connected("d", true)) {
            device.send(publish("telemetry/d", 1, 7, "{\"a\": 1}"));
            var delivery = listener.line().next();
            assertThat(device.read(200)).isEqualTo("silence");

            listener.line().ack(delivery);

            assertThat(device.read()).isEqualTo("40020007");
        }
    }

    @Test
    void acks_leave_in_arrival_order() throws Exception {
        try (var device = listener.connected("d", true)) {
            for (int id = 1; id <= 3; id++) {
                device.send(publish("telemetry/d", 1, id, "{\"a\": " + id + "}"));
            }
            var deliveries = listener.line().next(3);
            listener.line().ack(deliveries.get(2));
            listener.line().ack(deliveries.get(1));
            assertThat(device.read(200)).isEqualTo("silence");

            listener.line().ack(deliveries.get(0));

            assertThat(device.read()).isEqualTo("40020001");
            assertThat(device.read()).isEqualTo("40020002");
            assertThat(device.read()).isEqualTo("40020003");
        }
    }

    @Test
    void qos_0_goes_down_the_line_without_an_ack() throws Exception {
        try (var device = listener.connected("d", true)) {
            device.send(publish("telemetry/d", 0, 0, "{\"a\": 1}"));
            listener.line().ack(listener.line().next());
            device.send("c000");

            assertThat(device.read()).isEqualTo("d000");
            await().untilAsserted(() -> assertThat(listener.gauge("telltale.gateway.deliveries.in.flight"))
                    .isZero());
        }
    }

    @Test
    void a_bad_payload_is_acked_like_any_other_once_its_dead_letter_is_durable() throws Exception {
        try (var device = listener.connected("d", true)) {
            device.send(publish("telemetry/d", 1, 1, "{\"a\":"))
                    .send(publish("elsewhere", 1, 2, "x"))
                    .send(publish("telemetry/d", 1, 3, "[" + " ".repeat(70_000) + "]"));

            var deliveries = listener.line().next(3);
            assertThat(deliveries)
                    .extracting(delivery -> ((DeadLetter) delivery.first()).reason())
                    .containsExactly(
                            DeadLetter.Reason.MALFORMED, DeadLetter.Reason.UNKNOWN_TOPIC, DeadLetter.Reason.TOO_LARGE);
            listener.line().ack(deliveries);
            assertThat(device.read()).isEqualTo("40020001");
        }
    }

    @Test
    void a_failed_line_closes_every_connection_and_the_next_line_gets_what_is_sent_again() throws Exception {
        try (var device = listener.connected("d", false)) {
            device.send(publish("telemetry/d", 1, 1, "{\"a\": 1}"));
            listener.line().next();

            listener.line().fail();

            assertThat(device.read()).isEqualTo("closed");
        }
        try (var early = listener.device().send(connect(4, "d", 0, 0))) {
            assertThat(early.read(300)).as("no line, no reading").isEqualTo("silence");

            listener.restartLine();

            assertThat(early.read()).isEqualTo("20020100");
            early.send(publish("telemetry/d", 1, 1, "{\"a\": 1}"));
            listener.line().ack(listener.line().next());
            assertThat(early.read()).isEqualTo("40020001");
        }
    }

    @Test
    void a_failed_line_gives_back_the_window_even_of_devices_that_went_before() throws Exception {
        try (var device = listener.connected("d", false)) {
            device.send(publish("telemetry/d", 1, 1, "{\"a\": 1}"));
            listener.line().next();
        }
        await().untilAsserted(() ->
                assertThat(listener.gauge("telltale.gateway.connections")).isZero());
        assertThat(listener.gauge("telltale.gateway.deliveries.in.flight")).isEqualTo(1);

        listener.line().fail();

        await().untilAsserted(() -> assertThat(listener.gauge("telltale.gateway.deliveries.in.flight"))
                .isZero());
    }

    @Test
    void reading_stops_and_what_was_taken_in_is_still_acked() throws Exception {
        try (var device = listener.connected("d", true)) {
            device.send(publish("telemetry/d", 1, 1, "{\"a\": 1}"));
            var taken = listener.line().next();

            await(listener.door().stopReading());
            await(listener.line().end());
            device.send(publish("telemetry/d", 1, 2, "{\"a\": 2}"));
            listener.line().ack(taken);

            assertThat(device.read()).isEqualTo("40020001");
            await(listener.door().close());
            assertThat(device.read()).isEqualTo("closed");
        }
    }

    @Test
    void a_taken_port_is_named() {
        assertThatThrownBy(() -> listener.bind("mqtt.port = " + listener.door().port()))
                .isInstanceOf(PortTaken.class)
                .hasMessage(
                        "telltale.gateway.mqtt.port: " + listener.door().port() + " on 127.0.0.1 is already in use");
    }
}
