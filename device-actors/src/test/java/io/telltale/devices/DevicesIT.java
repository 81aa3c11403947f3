package io.telltale.devices;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import io.telltale.analytics.model.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Devices in real cluster sharding, a cluster of one.
class DevicesIT {
    private static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.parseString(
                    "pekko.cluster.sharding.passivation.default-idle-strategy.idle-entity { timeout = 200ms, interval = 50ms }")
            .withFallback(ConfigFactory.load()));
    private final AtomicLong now = new AtomicLong(NOON);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Map<DeviceId, Integer> loads = new ConcurrentHashMap<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void every_element_is_answered_in_order_with_its_context() {
        var devices = start(this::unknown);
        var inbound = IntStream.range(0, 5000)
                .mapToObj(i -> Pair.<Inbound, Integer>create(report("meter-" + i % 50, i / 50, i), i))
                .toList();

        var outcomes = run(devices, inbound);

        assertThat(outcomes)
                .extracting(Pair::second)
                .containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
        assertThat(outcomes)
                .allSatisfy(pair -> assertThat(pair.first())
                        .isInstanceOfSatisfying(
                                Outcome.Processed.class,
                                outcome ->
                                        assertThat(outcome.device().value()).isEqualTo("meter-" + pair.second() % 50)));
        assertThat(loads)
                .as("each device recovers once")
                .hasSize(50)
                .allSatisfy((device, times) -> assertThat(times).isEqualTo(1));
        assertThat(registry.counter("telltale.devices.points").count()).isEqualTo(5000);
    }

    @Test
    void a_device_stays_until_it_says_itself_that_it_may_go() {
        run(start(this::unknown), List.of(Pair.create(report("meter-1", 0, 1), 1)));

        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .until(() -> registry.get("telltale.devices.active").gauge().value() == 1);
    }

    @Test
    void a_dead_letter_passes_without_a_device() {
        var letter = new DeadLetter(
                new UUID(1, 2),
                NOON,
                "listener",
                "nowhere",
                new byte[0],
                DeadLetter.Reason.UNKNOWN_TOPIC,
                "no device",
                OptionalInt.empty(),
                OptionalLong.empty());

        var outcomes = run(start(this::unknown), List.of(Pair.create(letter, 1)));

        assertThat(outcomes).extracting(Pair::first).containsExactly(new Outcome.Rejected(letter));
    }

    @Test
    void messages_wait_for_a_recovery_that_fails_at_first() {
        var attempts = new AtomicInteger();
        var devices = start(device -> attempts.incrementAndGet() < 3
                ? CompletableFuture.failedFuture(new IllegalStateException("the store is away"))
                : unknown(device));

        var outcomes = run(devices, List.of(Pair.create(report("meter-1", 0, 1), 1)));

        assertThat(outcomes).hasSize(1);
        assertThat(attempts).hasValue(3);
        assertThat(registry.counter("telltale.devices.recovery.failures").count())
                .isEqualTo(2);
    }

    @Test
    void a_recovered_device_knows_its_duplicates() {
        var devices = start(device -> CompletableFuture.completedFuture(new DeviceHistory(
                device,
                Optional.empty(),
                List.of(),
                List.of(new Point.Numeric("temperature", NOON, 21.5)),
                NOON - 60_000)));

        var outcomes = run(devices, List.of(Pair.create(report("meter-1", 0, 21.5), 1)));

        assertThat(outcomes.getFirst().first())
                .isInstanceOfSatisfying(
                        Outcome.Processed.class,
                        outcome -> assertThat(outcome.counts().duplicates()).isEqualTo(1));
    }

    @Test
    void the_sweep_asks_only_who_is_due_and_nobody_while_it_is_held() throws Exception {
        var devices = start(this::unknown);
        run(devices, List.of(Pair.create(report("meter-1", 0, 1), 1)));
        var held = new AtomicBoolean(true);
        var first = devices.sweep(held::get).take(1).runWith(Sink.seq(), kit.system());

        now.addAndGet(TimeUnit.MINUTES.toMillis(1));
        Awaitility.await()
                .during(Duration.ofMillis(500))
                .until(() -> !first.toCompletableFuture().isDone());
        held.set(false);
        Awaitility.await().pollInterval(Duration.ofMillis(200)).until(() -> {
            now.addAndGet(TimeUnit.SECONDS.toMillis(5)); // A longer step would look as if we had been away ourselves.
            return first.toCompletableFuture().isDone();
        });

        var silence = first.toCompletableFuture().get(10, TimeUnit.SECONDS).getFirst();
        assertThat(silence).isInstanceOfSatisfying(Inbound.ForDevice.class, asked -> {
            assertThat(asked.device().value()).isEqualTo("meter-1");
            assertThat(asked.arrivalMillis()).isBetween(NOON + 60_000 + 30_000, now.get());
        });
    }

    @Test
    void a_device_that_fell_silent_across_a_crash_closes_its_windows_when_it_is_woken() throws Exception {
        var devices = start(device -> CompletableFuture.completedFuture(new DeviceHistory(
                device,
                Optional.of(new DeviceSnapshot(
                        device,
                        Presence.ONLINE,
                        NOON,
                        NOON,
                        NOON,
                        List.of(new Point.Numeric("temperature", NOON, 1)),
                        new byte[0])),
                List.of(),
                List.of(new Point.Numeric("temperature", NOON, 1)),
                NOON - 120_000)));
        now.addAndGet(TimeUnit.HOURS.toMillis(2));

        devices.wake(List.of(new DeviceId("meter-1")));
        var swept = devices.sweep(() -> false)
                .asSourceWithContext(_ -> 0)
                .via(devices.process(8))
                .asSource()
                .map(Pair::first)
                .runWith(Sink.head(), kit.system());
        Awaitility.await()
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    now.addAndGet(TimeUnit.SECONDS.toMillis(5));
                    return swept.toCompletableFuture().isDone();
                });

        var outcome = swept.toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Processed.class, processed -> {
            assertThat(processed.presence()).isEqualTo(Presence.OFFLINE);
            assertThat(processed.rollups()).hasSize(3);
        });
    }

    @Test
    void an_idle_device_is_passivated_and_comes_back() {
        var devices = start(this::unknown, "10 m");
        run(devices, List.of(Pair.create(report("meter-1", 0, 1), 1)));
        devices.sweep(() -> false)
                .asSourceWithContext(_ -> 0)
                .via(devices.process(8))
                .via(devices.confirm())
                .asSource()
                .runWith(Sink.ignore(), kit.system());

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            now.addAndGet(TimeUnit.MINUTES.toMillis(5));
            assertThat(registry.get("telltale.devices.active").gauge().value()).isZero();
        });
        run(devices, List.of(Pair.create(report("meter-1", 7200, 1), 1)));

        assertThat(loads).containsEntry(new DeviceId("meter-1"), 2);
    }

    private Devices start(History history) {
        return start(history, "30 s");
    }

    private Devices start(History history, String sweepResumesAfter) {
        var settings = DeviceSettings.from(ConfigFactory.parseString(
                        "telltale.devices { sweep-every = 100 ms, sweep-resumes-after = " + sweepResumesAfter + " }")
                .withFallback(ConfigFactory.load()));
        return Devices.start(kit.system(), settings, () -> Instant.ofEpochMilli(now.get()), history, registry);
    }

    private CompletionStage<DeviceHistory> unknown(DeviceId device) {
        loads.merge(device, 1, Integer::sum);
        return CompletableFuture.completedFuture(DeviceHistory.none(device));
    }

    private List<Pair<Outcome, Integer>> run(Devices devices, List<Pair<Inbound, Integer>> inbound) {
        return Source.from(inbound)
                .asSourceWithContext(Pair::second)
                .map(Pair::first)
                .via(devices.process(256))
                .via(devices.confirm())
                .asSource()
                .runWith(Sink.seq(), kit.system())
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static Report report(String device, long second, double value) {
        long millis = NOON + second * 1000;
        return new Report(new DeviceId(device), millis, List.of(new Point.Numeric("temperature", millis, value)));
    }
}
