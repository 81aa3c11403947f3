package io.telltale.devices;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.LateWindow;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.analytics.model.Replay;
import io.telltale.analytics.model.Report;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.model.Silence;
import io.telltale.analytics.model.SketchBuckets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two nodes in one JVM: what they say to each other is serialized.
class DevicesClusterTest {
    private static final DeviceId DEVICE = new DeviceId("meter-1");
    private static final SeriesKey SERIES = new SeriesKey(DEVICE, "temperature");
    private static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

    private final ActorTestKit one = ActorTestKit.create("devices", ConfigFactory.load());
    private final ActorTestKit other = ActorTestKit.create("devices", ConfigFactory.load());

    @AfterEach
    void stop() {
        other.shutdownTestKit();
        one.shutdownTestKit();
    }

    @Test
    void every_message_between_nodes_is_the_same_after_the_journey() {
        var replyTo = one.<Device.Answer>createTestProbe().getRef();
        var points = List.<Point>of(
                new Point.Numeric("temperature", NOON, -0.1), new Point.Text("firmware", NOON + 1, "1.4.2 \u00e9"));
        var rollup = new Rollup(
                SERIES,
                10_000,
                NOON,
                7,
                Emission.REVISED,
                2,
                3.5,
                1,
                2.5,
                1.75,
                1.125,
                NOON,
                1,
                NOON + 1,
                2.5,
                new SketchBuckets(new int[] {-40_000, 0, 40_001}, new int[] {1, 2, 3}));
        var anomaly = new Anomaly(
                SERIES,
                Anomaly.Kind.GAP,
                NOON,
                NOON - 60_000,
                0.9,
                60,
                1,
                0,
                30,
                List.of("silence"),
                "nothing for a minute");

        Stream.of(
                        new Device.Ask(7, new Report(DEVICE, NOON, points), replyTo),
                        new Device.Ask(7, new Report(DEVICE, NOON, List.of()), replyTo),
                        new Device.Ask(7, new PresenceReport(DEVICE, NOON, true), replyTo),
                        new Device.Ask(7, new Silence(DEVICE, NOON), replyTo),
                        new Device.Ask(7, new Replay(DEVICE, NOON, NOON - 1, points), replyTo),
                        new Device.Confirm(Long.MAX_VALUE),
                        new Device.Heed("temperature", -2),
                        new Device.Answer(
                                7,
                                new Outcome.Processed(
                                        DEVICE,
                                        NOON,
                                        Presence.STALE,
                                        points,
                                        List.of(rollup),
                                        List.of(anomaly),
                                        List.of(new LateWindow(SERIES, 3_600_000, NOON, NOON + 1)),
                                        Optional.empty(),
                                        new Outcome.Counts(1, 2, 3),
                                        42)))
                .forEach(message -> one.serializationTestKit().verifySerialization(message, true));
    }

    @Test
    void what_holds_bytes_is_the_same_after_the_journey() {
        var snapshot =
                new DeviceSnapshot(DEVICE, Presence.ONLINE, NOON, NOON + 2, NOON + 1, List.of(), new byte[] {1, -1, 0});
        var outcome = new Outcome.Processed(
                DEVICE,
                NOON,
                Presence.ONLINE,
                List.of(),
                List.of(),
                List.of(),
                Optional.of(snapshot),
                Outcome.Counts.NONE,
                0);
        var rejected = new Outcome.Rejected(new DeadLetter(
                new UUID(1, 2),
                NOON,
                "lane",
                "nowhere",
                new byte[] {-128, 127},
                DeadLetter.Reason.MALFORMED,
                "why",
                OptionalInt.of(1),
                OptionalLong.empty()));

        for (var message : List.of(new Device.Answer(1, outcome), new Device.Answer(2, rejected))) {
            var arrived = one.serializationTestKit().verifySerialization(message, false);
            assertThat(arrived).usingRecursiveComparison().isEqualTo(message);
        }
    }

    @Test
    void devices_are_spread_over_the_nodes_and_answer_to_all_of_them() {
        var devicesOfOne = start(one, new SimpleMeterRegistry());
        var registryOfOther = new SimpleMeterRegistry();
        Cluster.get(other.system())
                .manager()
                .tell(Join.create(Cluster.get(one.system()).selfMember().address()));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> Cluster.get(other.system()).selfMember().status().equals(MemberStatus.up()));
        start(other, registryOfOther);

        var answered = Source.range(0, 399)
                .<Inbound>map(i -> new Report(
                        new DeviceId("meter-" + i), NOON, List.of(new Point.Numeric("temperature", NOON, i))))
                .asSourceWithContext(_ -> 0)
                .via(devicesOfOne.process(32))
                .via(devicesOfOne.confirm())
                .asSource()
                .runWith(Sink.seq(), one.system())
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();

        assertThat(answered)
                .extracting(pair -> ((Outcome.Processed) pair.first()).points())
                .containsExactlyElementsOf(IntStream.range(0, 400)
                        .mapToObj(i -> List.<Point>of(new Point.Numeric("temperature", NOON, i)))
                        .toList());
        assertThat(registryOfOther.get("telltale.devices.active").gauge().value())
                .isPositive();
    }

    private static Devices start(ActorTestKit kit, SimpleMeterRegistry registry) {
        return Devices.start(
                kit.system(),
                DeviceSettings.from(kit.system().settings().config()),
                InstantSource.fixed(Instant.ofEpochMilli(NOON)),
                device -> CompletableFuture.completedFuture(DeviceHistory.none(device)),
                registry);
    }
}
