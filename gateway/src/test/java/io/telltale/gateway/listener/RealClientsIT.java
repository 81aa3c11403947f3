package io.telltale.gateway.listener;

import static io.telltale.gateway.TestLine.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.analytics.model.Report;
import io.telltale.gateway.Mosquitto;
import io.telltale.gateway.Settings;
import io.telltale.gateway.TestLine;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The listener against clients that others wrote.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RealClientsIT {
    private static final ActorSystem system = ActorSystem.create();

    private final MqttListener listener =
            MqttListener.bind(Settings.with(""), new SimpleMeterRegistry(), InstantSource.system());
    private final TestLine line = TestLine.run(listener, system);

    @AfterAll
    static void stop() throws Exception {
        system.terminate();
        await(system.getWhenTerminated());
    }

    @AfterEach
    void close() throws Exception {
        await(listener.close());
    }

    @ParameterizedTest
    @CsvSource({"mqttv31, 1", "mqttv311, 0", "mqttv311, 1", "mqttv311, 2", "mqttv5, 0", "mqttv5, 1", "mqttv5, 2"})
    void mosquitto_pub_is_done_when_its_message_is_acked(String version, String qos) throws Exception {
        var publisher = CompletableFuture.supplyAsync(() -> Mosquitto.publish(
                listener.port(), "-V", version, "-q", qos, "-t", "telemetry/d", "-m", "{\"ts\": 5, \"a\": 1}"));
        var delivery = line.next();
        assertThat(((Report) delivery.first()).points()).hasSize(1);
        if (!qos.equals("0")) {
            assertThat(publisher).isNotDone();
        }

        line.ack(delivery);

        assertThat(publisher.get()).isZero();
    }

    @Test
    void the_last_will_of_mosquitto_pub_is_said_when_it_is_killed() throws Exception {
        var publisher = new ProcessBuilder(
                        "mosquitto_pub",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(listener.port()),
                        "-q",
                        "1",
                        "-t",
                        "status/d",
                        "-l",
                        "--will-topic",
                        "status/d",
                        "--will-payload",
                        "offline")
                .start();
        publisher.outputWriter(UTF_8).append("online\n").flush();
        assertThat(line.next().first())
                .isInstanceOfSatisfying(
                        PresenceReport.class,
                        report -> assertThat(report.online()).isTrue());

        publisher.destroyForcibly();

        assertThat(line.next().first())
                .isInstanceOfSatisfying(
                        PresenceReport.class,
                        report -> assertThat(report.online()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void mqtt_js_publishes_every_qos_is_refused_a_subscription_and_leaves_a_will(int version) throws Exception {
        int messages = 300;
        var mqttJs = MqttJs.publish(listener.port(), version, messages);
        for (int i = 0; i < messages; i++) {
            var delivery = line.next();
            assertThat(TestLine.value(delivery)).isEqualTo(i);
            line.ack(delivery);
        }

        assertThat(line.next().first())
                .isInstanceOfSatisfying(
                        PresenceReport.class,
                        report -> assertThat(report.online()).isFalse());
        assertThat(mqttJs.get()).contains("\"acked\":300").doesNotContainPattern("\"subscription\":[012]\\b");
    }

    @Test
    void paho_sends_ten_thousand_messages_of_every_qos_and_all_are_acked() throws Exception {
        int messages = 10_000;
        var client = new MqttAsyncClient("tcp://127.0.0.1:" + listener.port(), "paho", new MemoryPersistence());
        client.connect(new MqttConnectionOptions()).waitForCompletion(10_000);
        var publisher = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < messages; i++) {
                publish(client, i);
            }
        });
        for (int i = 0; i < messages; i++) {
            var delivery = line.next();
            assertThat(TestLine.value(delivery)).isEqualTo(i);
            line.ack(delivery);
        }
        publisher.get();
        client.disconnect(10_000).waitForCompletion(10_000);
        assertThat(client.getPendingTokens()).isEmpty();
        client.close();
    }

    private static void publish(MqttAsyncClient client, int value) {
        try {
            var message = new MqttMessage(("{\"ts\": " + value + ", \"a\": " + value + "}").getBytes(UTF_8));
            message.setQos(value % 3);
            var token = client.publish("telemetry/paho", message);
            if (value % 100 == 0) {
                token.waitForCompletion(10_000);
            }
        } catch (org.eclipse.paho.mqttv5.common.MqttException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
