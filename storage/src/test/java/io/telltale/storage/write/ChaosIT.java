package io.telltale.storage.write;

import static io.telltale.storage.Outcomes.number;
import static io.telltale.storage.Outcomes.points;
import static io.telltale.storage.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Presence;
import io.telltale.storage.Outcomes;
import io.telltale.storage.TestStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a dying or hanging ClickHouse does to the stream.
class ChaosIT {
    private static final long T0 = 1_750_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger emitted = new AtomicInteger();

    @TempDir
    private Path data;

    @Test
    void an_engine_killed_again_and_again_loses_nothing_and_counts_nothing_twice() {
        try (var test = TestStore.open(data)) {
            CompletionStage<Done> stream = stream(test, 40_000, 1000);
            for (int kill = 1; kill <= 3; kill++) {
                int next = kill * 8_000;
                await().atMost(PATIENCE).until(() -> emitted.get() > next);
                ProcessHandle.of(test.store().enginePid().orElseThrow())
                        .orElseThrow()
                        .destroyForcibly();
            }
            await(stream);

            assertThat(emitted).hasValue(40_000);
            var counts = await(test.store().storedSince(0));
            assertThat(counts.points()).isEqualTo(40_000);
            assertThat(counts.rollups()).isEqualTo(400);
            assertThat(retries(test)).isPositive();
        }
    }

    @Test
    void a_hanging_engine_holds_the_stream_back_and_is_forgiven() throws Exception {
        Map<String, Object> impatient =
                Map.of("telltale.storage.writer.insert-timeout", "1 s", "telltale.storage.writer.max-rows", 2000);
        try (var test = TestStore.open(data, impatient)) {
            CompletionStage<Done> stream = stream(test, 60_000, 50_000);
            await().atMost(PATIENCE).until(() -> emitted.get() > 10_000);
            long pid = test.store().enginePid().orElseThrow();

            signal("STOP", pid);
            try {
                await().atMost(PATIENCE)
                        .until(() -> test.store().health().state() == StoreHealth.State.BEHIND
                                && test.store().health().lastError().isPresent());
                // two batches of 2,000 rows and what was on its way; not the window of 50,000
                assertThat(test.store().health().waitingRows()).isBetween(2000L, 4100L);
                assertThat(taken.get() - emitted.get()).isLessThan(6000);
            } finally {
                signal("CONT", pid);
            }
            await(stream);

            assertThat(await(test.store().storedSince(0)).points()).isEqualTo(60_000);
            assertThat(test.store().health().state()).isEqualTo(StoreHealth.State.UP);
            assertThat(test.store().enginePid()).hasValue(pid);
        }
    }

    @Test
    void a_snapshot_is_not_stored_before_the_rollups_of_its_batch() throws Exception {
        var device = new DeviceId("device");
        var snapshot = new DeviceSnapshot(device, Presence.ONLINE, T0, T0, T0, List.of(), new byte[0]);
        try (var test = TestStore.open(data);
                var connection = test.store().address().connect(PATIENCE);
                var sql = connection.createStatement()) {
            sql.execute("RENAME TABLE telltale.rollups TO telltale.away");
            var written = stream(
                    test,
                    Source.single(Outcomes.processed(
                            device.value(),
                            List.of(number("m", T0, 1)),
                            List.of(Outcomes.rollup("device", "m", 100, T0, 1, 1)),
                            List.of(),
                            Optional.of(snapshot))));

            await().atMost(PATIENCE).until(() -> retries(test) >= 3);
            try (var states = sql.executeQuery("SELECT count() FROM telltale.device_state")) {
                assertThat(states.next()).isTrue();
                assertThat(states.getLong(1)).isZero();
            }

            sql.execute("RENAME TABLE telltale.away TO telltale.rollups");
            await(written);
            assertThat(await(test.store().history(device)).snapshot()).isPresent();
        }
    }

    private static double retries(TestStore test) {
        return test.registry().get("telltale.storage.insert.retries").counter().count();
    }

    private static CompletionStage<Done> stream(TestStore test, Source<Outcome, NotUsed> outcomes) {
        return outcomes.map(outcome -> Pair.create(outcome, 0))
                .via(test.store().<Integer>write(8).asFlow())
                .runWith(Sink.ignore(), test.system());
    }

    private CompletionStage<Done> stream(TestStore test, int outcomes, int window) {
        Source<Pair<Outcome, Integer>, NotUsed> source = Source.range(0, outcomes - 1)
                .map(i -> {
                    taken.incrementAndGet();
                    return Pair.create(outcome(i), i);
                });
        return source.via(test.store().<Integer>write(window).asFlow())
                .runWith(Sink.foreach(this::checkOrder), test.system());
    }

    private static Outcome outcome(int i) {
        return i % 100 == 0
                ? Outcomes.processed(
                        "device",
                        List.of(number("m", T0 + i, i)),
                        List.of(Outcomes.rollup("device", "m", 100, T0 + i, 1, i)),
                        List.of(),
                        Optional.empty())
                : points("device", number("m", T0 + i, i));
    }

    private void checkOrder(Pair<Outcome, Integer> element) {
        assertThat(element.second()).isEqualTo(emitted.getAndIncrement());
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
