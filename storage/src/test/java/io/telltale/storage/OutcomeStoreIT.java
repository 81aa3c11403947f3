package io.telltale.storage;

import static io.telltale.storage.Outcomes.anomaly;
import static io.telltale.storage.Outcomes.deadLetter;
import static io.telltale.storage.Outcomes.number;
import static io.telltale.storage.Outcomes.points;
import static io.telltale.storage.Outcomes.text;
import static io.telltale.storage.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeadLetter.Reason;
import io.telltale.analytics.model.DeadLetter.State;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Feedback;
import io.telltale.analytics.model.Found;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Presence;
import io.telltale.analytics.model.Series;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.storage.write.StoreHealth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutcomeStoreIT {
    private static final long T0 = 1_750_000_000_000L;

    private TestStore test;

    @BeforeAll
    void open(@TempDir Path data) {
        test = TestStore.open(data);
    }

    @AfterAll
    void close() {
        test.close();
    }

    @Test
    void an_outcome_is_emitted_with_its_context_and_in_order_once_it_can_be_read() {
        List<Pair<Outcome, Integer>> outcomes = IntStream.range(0, 5000)
                .mapToObj(i -> Pair.<Outcome, Integer>create(points("order", number("m", T0 + i, i)), i))
                .toList();
        List<Integer> emitted = new ArrayList<>();
        Source<Pair<Outcome, Integer>, NotUsed> source = Source.from(outcomes);

        await(source.via(test.store().<Integer>write(100).asFlow())
                .runWith(Sink.foreach(pair -> emitted.add(pair.second())), test.system()));

        assertThat(emitted)
                .containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
        assertThat(raw("order", "m").mean()).hasSize(5000);
    }

    @Test
    void of_two_values_for_one_time_the_later_counts() {
        test.write(points("corrected", number("m", T0, 1)));
        test.write(points("corrected", number("m", T0, 2)), points("corrected", number("m", T0, 3)));

        assertThat(raw("corrected", "m").mean()).containsExactly(3);
    }

    @Test
    void texts_are_stored_but_not_drawn() {
        test.write(points("texts", number("m", T0, 1), text("m", T0 + 1, "äöü ☃ \uD83D\uDE00"), text("m", T0 + 2, "")));

        assertThat(raw("texts", "m").mean()).containsExactly(1);
        assertThat(await(test.store().history(new DeviceId("texts"))).tail())
                .containsExactly(number("m", T0, 1), text("m", T0 + 1, "äöü ☃ \uD83D\uDE00"), text("m", T0 + 2, ""));
    }

    @Test
    void names_may_hold_whatever_the_wire_format_allows() {
        String device = "it's \\ {x} ☃ '; DROP";
        String metric = "tab\tnew\nline 'quoted' \\N ${y}";

        test.write(points(device, number(metric, T0, 7)));

        assertThat(raw(device, metric).mean()).containsExactly(7);
        assertThat(await(test.store().history(new DeviceId(device))).tail()).containsExactly(number(metric, T0, 7));
    }

    @Test
    void event_times_of_any_age_fit_into_one_batch() {
        var ages = IntStream.range(0, 600)
                .mapToObj(month -> number("m", month * 2_629_746_000L, month))
                .toArray(io.telltale.analytics.model.Point[]::new);

        test.write(points("ages", ages), points("ages", number("extreme", Long.MAX_VALUE, 1), number("extreme", 0, 1)));

        assertThat(raw("ages", "m", 0, T0).mean()).hasSize(600);
    }

    @Test
    void anomalies_are_found_newest_first_page_by_page() {
        for (int i = 0; i < 5; i++) {
            test.write(Outcomes.anomalies(anomaly("pages", T0 + i)), Outcomes.anomalies(anomaly("elsewhere", T0 + i)));
        }
        test.write(Outcomes.anomalies(anomaly("pages", T0 + 4))); // sent again

        var page =
                await(test.store().anomalies(new Found.Query(Optional.of(new DeviceId("pages")), T0, T0 + 100, 1, 2)));

        assertThat(page.total()).isEqualTo(5);
        assertThat(page.items()).containsExactly(anomaly("pages", T0 + 3), anomaly("pages", T0 + 2));
        assertThat(await(test.store().anomalies(new Found.Query(Optional.empty(), T0, T0 + 100, 0, 100)))
                        .total())
                .isEqualTo(10);
    }

    @Test
    void the_last_word_on_an_anomaly_counts_and_a_recovering_device_hears_of_it() {
        var device = new DeviceId("judged");
        test.write(points("judged", number("temperature", T0, 50)));

        assertThat(say(device, T0, Feedback.Verdict.FALSE_ALARM, 1)).isEqualTo(1);
        assertThat(say(device, T0 + 1, Feedback.Verdict.FALSE_ALARM, 2)).isEqualTo(2);
        assertThat(say(device, T0, Feedback.Verdict.NONE, 3)).isEqualTo(1);

        var said = await(test.store().feedback(device, T0, T0 + 10));
        assertThat(said).singleElement().satisfies(feedback -> {
            assertThat(feedback.eventTimeMillis()).isEqualTo(T0 + 1);
            assertThat(feedback.saidBy()).isEqualTo("nora");
        });
        assertThat(await(test.store().history(device)).strictness()).containsExactly(Map.entry("temperature", 1));
    }

    private int say(DeviceId device, long eventTimeMillis, Feedback.Verdict verdict, long atMillis) {
        var series = new SeriesKey(device, "temperature");
        return await(test.store()
                .say(new Feedback(series, Anomaly.Kind.SPIKE, eventTimeMillis, verdict, "nora", T0 + atMillis)));
    }

    @Test
    void dead_letters_keep_every_byte_and_are_found_newest_first() {
        DeadLetter older = deadLetter(T0, "\0\1'\\\n");
        DeadLetter newer = deadLetter(T0 + 1, "x".repeat(100_000));

        test.write(new Outcome.Rejected(older), new Outcome.Rejected(newer), new Outcome.Rejected(older));

        var found = letters(all(T0, T0 + 10));
        assertThat(found.total()).isEqualTo(2);
        assertThat(found.items()).usingRecursiveFieldByFieldElementComparator().containsExactly(newer, older);
        assertThat(await(test.store()
                                .deadLetters(
                                        all(T0, T0 + 10), new DeadLetter.Page(DeadLetter.Order.OLDEST_FIRST, 1, 1)))
                        .items())
                .extracting(DeadLetter::id)
                .containsExactly(newer.id());
        assertThat(await(test.store().deadLetters(List.of(older.id(), UUID.randomUUID(), newer.id()))))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrder(newer, older);
    }

    @Test
    void a_replayed_letter_stays_one_letter_and_is_no_longer_open() {
        DeadLetter open = deadLetter(T0 + 100, "open");
        DeadLetter good = deadLetter(T0 + 101, "good by now");
        test.write(new Outcome.Rejected(open), new Outcome.Rejected(good));

        test.write(new Outcome.Rejected(good.replayed(T0 + 500)));

        assertThat(letters(inState(State.OPEN)).items())
                .extracting(DeadLetter::id)
                .containsExactly(open.id());
        assertThat(letters(inState(State.REPLAYED)).items())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(good.replayed(T0 + 500));
        assertThat(letters(all(T0 + 100, T0 + 200)).total()).isEqualTo(2);
    }

    @Test
    void dead_letters_are_found_by_reason_door_and_part_of_the_topic_and_counted_by_reason() {
        test.write(
                rejected(T0 + 1000, "listener", "telemetry/Boiler-1", Reason.MALFORMED),
                rejected(T0 + 1001, "lane", "telemetry/boiler-1", Reason.MALFORMED),
                rejected(T0 + 1002, "lane", "telemetry/pump_1", Reason.TOO_LARGE));

        var malformed = new DeadLetter.Filter(
                Optional.of(Reason.MALFORMED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                T0 + 1000,
                T0 + 2000);
        var lane = new DeadLetter.Filter(
                Optional.empty(), Optional.of("lane"), Optional.empty(), Optional.empty(), T0 + 1000, T0 + 2000);
        var boilers = new DeadLetter.Filter(
                Optional.empty(), Optional.empty(), Optional.of("/BOILER"), Optional.empty(), T0 + 1000, T0 + 2000);
        var nothing = new DeadLetter.Filter(
                Optional.empty(), Optional.empty(), Optional.of("p%1"), Optional.empty(), T0 + 1000, T0 + 2000);

        assertThat(letters(malformed).total()).isEqualTo(2);
        assertThat(letters(lane).total()).isEqualTo(2);
        assertThat(letters(boilers).total()).isEqualTo(2);
        assertThat(letters(nothing).total()).isZero();
        assertThat(await(test.store().deadLetterReasons(all(T0 + 1000, T0 + 2000))))
                .containsOnly(Map.entry(Reason.MALFORMED, 2L), Map.entry(Reason.TOO_LARGE, 1L));
        assertThat(await(test.store().deadLetterReasons(lane)))
                .containsOnly(Map.entry(Reason.MALFORMED, 1L), Map.entry(Reason.TOO_LARGE, 1L));
    }

    @Test
    void every_device_is_listed_by_its_newest_snapshot_or_by_its_points() {
        test.write(
                Outcomes.snapshot(snapshot("listed", 1)),
                Outcomes.snapshot(snapshot("listed", 2)),
                points("young", number("a", T0, 1), text("b", T0 + 5, "two"), number("a", T0 + 3, 4)));

        List<DeviceSnapshot> devices = new ArrayList<>();
        await(test.store().forEachDevice(devices::add));

        assertThat(devices)
                .filteredOn(device -> device.device().value().equals("listed"))
                .singleElement()
                .satisfies(device -> {
                    assertThat(device.latest()).isEqualTo(snapshot("listed", 2).latest());
                    assertThat(device.lastArrivalMillis()).isEqualTo(T0 + 2);
                    assertThat(device.presence()).isEqualTo(Presence.OFFLINE);
                });
        assertThat(devices)
                .filteredOn(device -> device.device().value().equals("young"))
                .singleElement()
                .satisfies(device -> {
                    assertThat(device.latest())
                            .containsExactlyInAnyOrder(number("a", T0 + 3, 4), text("b", T0 + 5, "two"));
                    assertThat(device.watermarkMillis()).isEqualTo(T0 + 5);
                });
    }

    @Test
    void a_store_with_nothing_to_do_is_up_and_nothing_waits() {
        test.write(points("healthy", number("m", T0, 1)));

        var health = test.store().health();
        assertThat(health.state()).isEqualTo(StoreHealth.State.UP);
        assertThat(health.waitingRows()).isZero();
        assertThat(health.waitingSinceMillis()).isEmpty();
        assertThat(health.lastWriteMillis()).isPresent();
        assertThat(health.lastError()).isEmpty();
        assertThat(test.store().ingestLagMillis()).isBetween(1L, 30_000L);
    }

    private Found<DeadLetter> letters(DeadLetter.Filter filter) {
        return await(test.store().deadLetters(filter, new DeadLetter.Page(DeadLetter.Order.NEWEST_FIRST, 0, 10)));
    }

    private static DeadLetter.Filter all(long fromMillis, long toMillis) {
        return new DeadLetter.Filter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), fromMillis, toMillis);
    }

    private static DeadLetter.Filter inState(State state) {
        return new DeadLetter.Filter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(state), T0 + 100, T0 + 200);
    }

    private static Outcome rejected(long arrivalMillis, String door, String topic, Reason reason) {
        return new Outcome.Rejected(new DeadLetter(
                UUID.randomUUID(),
                arrivalMillis,
                door,
                topic,
                new byte[0],
                reason,
                "why",
                OptionalInt.empty(),
                OptionalLong.empty()));
    }

    private static DeviceSnapshot snapshot(String device, int n) {
        return new DeviceSnapshot(
                new DeviceId(device),
                Presence.OFFLINE,
                T0,
                T0 + n,
                T0 + n,
                List.of(number("m", T0 + n, n), text("state", T0 + n, "on " + n)),
                new byte[] {1, 2, (byte) n});
    }

    private Series raw(String device, String metric) {
        return raw(device, metric, T0 - 1000, T0 + 1_000_000);
    }

    private Series raw(String device, String metric, long fromMillis, long toMillis) {
        return await(test.store()
                .series(new Series.Query(
                        new SeriesKey(new DeviceId(device), metric), fromMillis, toMillis, Series.Query.MAX_POINTS)));
    }
}
