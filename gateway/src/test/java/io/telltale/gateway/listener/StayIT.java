package io.telltale.gateway.listener;

import static io.telltale.gateway.listener.RawDevice.connect;
import static io.telltale.gateway.listener.RawDevice.connectWithDelayedWill;
import static io.telltale.gateway.listener.RawDevice.publish;
import static io.telltale.gateway.listener.RawDevice.pubrel;
import static io.telltale.gateway.listener.RawDevice.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.PresenceReport;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a device finds when it comes and what it leaves when it goes: sessions and wills.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StayIT {
    @RegisterExtension
    static final TestListener listener = new TestListener();

    @Test
    void qos_2_is_stored_once_across_a_reconnection() throws Exception {
        try (var device = listener.connected("d", false)) {
            device.send(publish("telemetry/d", 2, 5, "{\"a\": 1}"));
            listener.line().ack(listener.line().next());
            assertThat(device.read()).isEqualTo("50020005");
        }
        try (var device = listener.device().send(connect(4, "d", 0, 0))) {
            assertThat(device.read()).as("session present").isEqualTo("20020100");
            device.send(publish("telemetry/d", 2, 5, "{\"a\": 1}"));
            assertThat(device.read()).isEqualTo("50020005");
            device.send(pubrel(5));
            assertThat(device.read()).isEqualTo("70020005");

            device.send(publish("telemetry/d", 2, 5, "{\"a\": 2}"));

            assertThat(listener.line().nextValue()).isEqualTo(2);
        }
    }

    @Test
    void a_clean_start_forgets_the_session() throws Exception {
        listener.connected("d", false).close();
        try (var device = listener.device().send(connect(4, "d", 2, 0))) {
            assertThat(device.read()).isEqualTo("20020000");
        }
        try (var device = listener.device().send(connect(4, "d", 0, 0))) {
            assertThat(device.read()).isEqualTo("20020000");
        }
    }

    @Test
    void a_device_silent_beyond_one_and_a_half_keep_alives_is_gone_and_its_will_is_said() throws Exception {
        try (var device = listener.device().send(connect(4, "d", 0x06, 1, text("status/d"), text("offline")))) {
            assertThat(device.read()).isEqualTo("20020000");

            assertThat(device.read()).isEqualTo("closed");

            assertThat(listener.line().next().first()).isInstanceOfSatisfying(PresenceReport.class, report -> {
                assertThat(report.device()).isEqualTo(new DeviceId("d"));
                assertThat(report.online()).isFalse();
            });
        }
    }

    @Test
    void a_will_is_said_when_the_connection_breaks_and_not_after_a_disconnect() throws Exception {
        var will = connect(4, "d", 0x06, 0, text("status/d"), text("offline"));
        try (var device = listener.device().send(will)) {
            device.read();
            device.send("e000");
            assertThat(device.read()).isEqualTo("closed");
        }
        try (var device = listener.device().send(will)) {
            device.read();
        }
        assertThat(listener.line().next().first()).isInstanceOf(PresenceReport.class);
        assertThat(listener.line().waiting()).isZero();
    }

    @Test
    void a_client_id_taken_over_closes_the_connection_before_and_says_its_will_first() throws Exception {
        var will = connect(5, "d", 0x06, 0, new byte[1], text("status/d"), text("offline"));
        try (var old = listener.device().send(will)) {
            old.read();
            try (var young = listener.connected("d", true)) {
                young.send(publish("status/d", 0, 0, "online"));

                assertThat(old.read()).isEqualTo("e0028e00");
                assertThat(old.read()).isEqualTo("closed");
                assertThat(listener.line().next().first())
                        .isInstanceOfSatisfying(
                                PresenceReport.class,
                                report -> assertThat(report.online()).isFalse());
                assertThat(listener.line().next().first())
                        .isInstanceOfSatisfying(
                                PresenceReport.class,
                                report -> assertThat(report.online()).isTrue());
            }
        }
    }

    @Test
    void a_delayed_will_waits_and_is_not_said_when_the_device_comes_back() throws Exception {
        listener.device().send(connectWithDelayedWill("d", false, 1)).readAndClose();
        try (var back = listener.device().send(connectWithDelayedWill("d", false, 1))) {
            assertThat(back.read()).startsWith("20").contains("0100");
            assertThat(back.read(1_500)).isEqualTo("silence");
            assertThat(listener.line().waiting()).isZero();
        }

        assertThat(listener.line().next().first()).isInstanceOf(PresenceReport.class);
    }

    @Test
    void a_delayed_will_is_said_at_once_when_the_device_begins_a_new_session() throws Exception {
        listener.device().send(connectWithDelayedWill("d", false, 60)).readAndClose();
        await().untilAsserted(() ->
                assertThat(listener.gauge("telltale.gateway.sessions.away")).isEqualTo(1));

        try (var back = listener.connected("d", true)) {
            assertThat(listener.line().next().first()).isInstanceOf(PresenceReport.class);
            assertThat(back.send("c000").read()).isEqualTo("d000");
        }
    }
}
