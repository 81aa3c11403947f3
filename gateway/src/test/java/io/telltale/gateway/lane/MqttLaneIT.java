package io.telltale.gateway.lane;

import static io.telltale.gateway.TestLine.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.gateway.Ack;
import io.telltale.gateway.Mosquitto;
import io.telltale.gateway.Settings;
import io.telltale.gateway.TestLine;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Lanes against a real Mosquitto.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MqttLaneIT {
    private static final ActorSystem system = ActorSystem.create();

    @TempDir
    private Path directory;

    private Mosquitto mosquitto;
    private List<MqttLane> lanes;

    @BeforeEach
    void start() {
        mosquitto = Mosquitto.start(directory);
        lanes = open("");
    }

    @AfterEach
    void close() throws Exception {
        for (var lane : lanes) {
            await(lane.close());
        }
        mosquitto.stop();
    }

    @AfterAll
    static void stop() throws Exception {
        system.terminate();
        await(system.getWhenTerminated());
    }

    @Test
    void what_the_broker_has_comes_down_the_line() throws Exception {
        var line = subscribed(lanes.getFirst());

        publish("telemetry/d", "{\"ts\": 5, \"a\": 1}");
        publish("status/d", "online");
        publish("telemetry/d/x", "{}");

        var deliveries = line.next(3);
        line.ack(deliveries);
        assertThat(TestLine.value(deliveries.get(0))).isEqualTo(1);
        assertThat(deliveries.get(1).first()).isInstanceOf(PresenceReport.class);
        assertThat(deliveries.get(2).first())
                .isInstanceOfSatisfying(
                        DeadLetter.class,
                        letter -> assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.UNKNOWN_TOPIC));
    }

    @Test
    void lanes_share_the_messages() throws Exception {
        var one = subscribed(lanes.get(0));
        var two = subscribed(lanes.get(1));
        int before = one.waiting();
        publish(1, 100);

        await().until(() -> one.waiting() + two.waiting() == before + 100);

        assertThat(one.waiting()).isGreaterThan(before);
        assertThat(two.waiting()).isPositive();
    }

    @Test
    void what_was_not_acked_comes_again_after_a_failed_line_and_what_was_acked_does_not() throws Exception {
        var line = subscribed(lanes.getFirst());
        publish(1, 20);
        var deliveries = line.next(20);
        line.ack(deliveries.subList(0, 10));
        await().untilAsserted(() -> assertThat(acked()).isEqualTo(10 + probes));

        line.fail();
        line = TestLine.run(lanes.getFirst(), system);

        assertThat(values(line.next(10)))
                .containsExactlyInAnyOrder(11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0, 20.0);
        assertThat(line.waiting()).isZero();
    }

    @Test
    void messages_of_a_resumed_session_wait_for_our_ack_however_early_they_come() throws Exception {
        var line = subscribed(lanes.getFirst());
        line.fail();
        publish(1, 500);
        // Nothing is acked in all these connections, so every one must bring all of them.
        for (int i = 0; i < 5; i++) {
            line = TestLine.run(lanes.getFirst(), system);
            assertThat(values(line.next(500))).hasSize(500);
            line.fail();
        }
    }

    @Test
    void a_restarted_broker_fails_the_line_and_the_next_line_goes_on() throws Exception {
        var line = subscribed(lanes.getFirst());
        publish(1, 50);
        var deliveries = line.next(50);
        line.ack(deliveries.subList(0, 25));
        await().untilAsserted(() -> assertThat(acked()).isEqualTo(25 + probes));

        mosquitto.stop();
        await().until(() -> line.end().toCompletableFuture().isCompletedExceptionally());
        mosquitto.startAgain();
        var next = TestLine.run(lanes.getFirst(), system);

        assertThat(values(next.next(25))).hasSize(25).allMatch(value -> value > 25);
    }

    @Test
    void an_ack_to_a_lost_connection_fails_the_line_at_its_deadline() throws Exception {
        lanes = open("ack-deadline = 300 ms");
        var line = subscribed(lanes.getFirst());
        publish(1, 1);
        var delivery = line.next();
        mosquitto.stop();
        await().until(() -> line.end().toCompletableFuture().isCompletedExceptionally());

        line.ack(delivery);

        await().until(() -> line.acksEnd().toCompletableFuture().isCompletedExceptionally());
        mosquitto.startAgain();
    }

    @Test
    void reading_stops_and_what_was_taken_in_is_still_acked() throws Exception {
        var line = subscribed(lanes.getFirst());
        publish(1, 10);
        var deliveries = line.next(10);

        await(lanes.getFirst().stopReading());
        await(line.end());
        line.ack(deliveries);

        await().untilAsserted(() -> assertThat(acked()).isEqualTo(10 + probes));
        var next = TestLine.run(open("").getFirst(), system);
        publish(11, 1);
        assertThat(next.nextValue()).isEqualTo(11);
    }

    @Test
    void a_lane_whose_client_id_somebody_takes_fails_its_line_and_the_next_line_takes_it_back() throws Exception {
        var line = subscribed(lanes.getFirst());
        publish(1, 10);
        line.next(10);

        connect("telltale-1");

        await().until(() -> line.end().toCompletableFuture().isCompletedExceptionally());
        var next = TestLine.run(lanes.getFirst(), system);
        assertThat(values(next.next(10))).hasSize(10);
    }

    @Test
    void a_line_that_stands_still_for_many_keep_alives_keeps_its_connection() throws Exception {
        subscribed(lanes.getFirst()).fail();
        lanes = open("lane.keep-alive = 1 s\nwindow = 16");
        publish(1, 500);
        var gate = new CompletableFuture<Done>();
        var values = new ConcurrentSkipListSet<Double>();

        var end = lanes.getFirst()
                .deliveries()
                .asSource()
                .mapAsync(1, delivery -> gate.thenApply(_ -> delivery))
                .map(delivery -> {
                    values.add(TestLine.value(delivery));
                    return delivery;
                })
                .via(lanes.getFirst().acknowledge())
                .runWith(Sink.ignore(), system);
        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(8))
                .until(() -> !end.toCompletableFuture().isDone());
        gate.complete(Done.getInstance());

        await().until(() -> values.size() == 500);
        assertThat(end.toCompletableFuture()).isNotDone();
    }

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private int probes;

    private List<MqttLane> open(String settings) {
        return MqttLane.open(
                Settings.with(
                        settings + "\nlanes-per-broker = 2\nbrokers = [\"tcp://127.0.0.1:" + mosquitto.port() + "\"]"),
                meters,
                InstantSource.system());
    }

    /// A line that has got a message through, so that its subscription stands.
    private TestLine subscribed(MqttLane lane) throws Exception {
        var line = TestLine.run(lane, system);
        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            publish("telemetry/probe", "{\"probe\": 0}");
            return line.waiting() > 0;
        });
        await().during(Duration.ofMillis(200)).until(() -> true);
        while (line.waiting() > 0) {
            line.ack(line.next());
            probes++;
        }
        await().untilAsserted(() -> assertThat(acked()).isEqualTo(probes));
        return line;
    }

    /// As somebody else would who took our client id, without a word after that.
    private void connect(String clientId) throws Exception {
        byte[] id = clientId.getBytes(US_ASCII);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), mosquitto.port())) {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(14 + id.length)
                            .put((byte) 0x10)
                            .put((byte) (12 + id.length))
                            .put(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, 0, 0, 0})
                            .putShort((short) id.length)
                            .put(id)
                            .array());
            assertThat(socket.getInputStream().read()).as("CONNACK").isEqualTo(0x20);
        }
    }

    private double acked() {
        return meters.find("telltale.gateway.acks").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private void publish(int from, int count) {
        var messages = new ArrayList<String>();
        for (int i = from; i < from + count; i++) {
            messages.add("{\"ts\": " + i + ", \"a\": " + i + "}");
        }
        Mosquitto.publishLines(mosquitto.port(), "telemetry/d", messages);
    }

    private void publish(String topic, String payload) {
        assertThat(Mosquitto.publish(mosquitto.port(), "-q", "1", "-t", topic, "-m", payload))
                .isZero();
    }

    private static Set<Double> values(List<Pair<Inbound, Ack>> deliveries) {
        var values = new HashSet<Double>();
        deliveries.forEach(delivery -> values.add(TestLine.value(delivery)));
        return values;
    }
}
