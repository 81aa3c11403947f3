package io.telltale.storage.read;

import static io.telltale.storage.Outcomes.number;
import static io.telltale.storage.Outcomes.points;
import static io.telltale.storage.Outcomes.rollup;
import static io.telltale.storage.Outcomes.rollups;
import static io.telltale.storage.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Presence;
import io.telltale.storage.Outcomes;
import io.telltale.storage.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryIT {
    private static final long SHORT = TestStore.SHORT_WINDOW.toMillis();
    private static final long MIDDLE = TestStore.MIDDLE_WINDOW.toMillis();
    private static final long LONG = TestStore.LONG_WINDOW.toMillis();
    private static final long T0 = 1_750_000_200_000L;
    /// 30 s of allowed lateness and two middle windows before the watermark, at the start of a middle window.
    private static final long WATERMARK = T0 + 10 * MIDDLE;

    private static final long TAIL_FROM = T0 + 7 * MIDDLE;

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
    void a_device_never_heard_of_has_none() {
        var device = new DeviceId("nobody");

        assertThat(await(test.store().history(device))).isEqualTo(DeviceHistory.none(device));
    }

    /// So many that loads grow until a parameter has no room for more.
    @Test
    void tens_of_thousands_with_short_names_may_be_asked_for_at_once() {
        var devices = IntStream.range(0, 30_000)
                .mapToObj(i -> new DeviceId("short" + i))
                .toList();

        var histories = devices.stream().map(test.store()::history).toList();

        for (int i = 0; i < devices.size(); i++) {
            assertThat(await(histories.get(i))).isEqualTo(DeviceHistory.none(devices.get(i)));
        }
    }

    @Test
    void the_tail_begins_two_middle_windows_and_the_allowed_lateness_before_the_watermark() {
        test.write(points(
                "tail",
                number("m", WATERMARK, 9),
                number("m", TAIL_FROM - 1, 1),
                number("m", TAIL_FROM, 2),
                number("other", TAIL_FROM + 1, 3)));

        DeviceHistory history = await(test.store().history(new DeviceId("tail")));

        assertThat(history.tailFromMillis()).isEqualTo(TAIL_FROM);
        assertThat(history.tail())
                .containsExactly(
                        number("m", TAIL_FROM, 2), number("other", TAIL_FROM + 1, 3), number("m", WATERMARK, 9));
        assertThat(history.snapshot()).isEmpty();
    }

    @Test
    void rollups_come_from_the_start_of_the_widest_window_on_in_their_newest_version() {
        test.write(
                points("rolled", number("m", WATERMARK, 9)),
                rollups(
                        rollup("rolled", "m", LONG, T0, 1, 0),
                        rollup("rolled", "m", MIDDLE, T0 + LONG - MIDDLE, 1, 0),
                        rollup("rolled", "m", MIDDLE, T0 + LONG, 1, 1),
                        rollup("rolled", "m", SHORT, T0 + LONG, 1, 2)));
        test.write(rollups(rollup("rolled", "m", MIDDLE, T0 + LONG, 2, 3)));

        DeviceHistory history = await(test.store().history(new DeviceId("rolled")));

        assertThat(history.rollups())
                .containsExactly(
                        rollup("rolled", "m", SHORT, T0 + LONG, 1, 2), rollup("rolled", "m", MIDDLE, T0 + LONG, 2, 3));
    }

    @Test
    void points_newer_than_the_snapshot_are_all_in_the_tail_for_they_may_have_no_rollups_yet() {
        var snapshot = new DeviceSnapshot(
                new DeviceId("snapshot"), Presence.ONLINE, T0, T0, WATERMARK, List.of(), new byte[] {1, 2, 3});
        test.write(
                points("snapshot", number("m", WATERMARK, 1)),
                Outcomes.snapshot(snapshot),
                points("snapshot", number("m", WATERMARK + 1, 2), number("m", WATERMARK + 2 * LONG, 3)));

        DeviceHistory history = await(test.store().history(new DeviceId("snapshot")));

        assertThat(history.tailFromMillis()).isEqualTo(TAIL_FROM);
        assertThat(history.tail())
                .containsExactly(
                        number("m", WATERMARK, 1), number("m", WATERMARK + 1, 2), number("m", WATERMARK + 2 * LONG, 3));
        assertThat(history.snapshot().orElseThrow().detectors()).containsExactly(1, 2, 3);
    }

    @Test
    void many_devices_at_once_become_few_queries() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            outcomes.add(points("many-" + i, number("m", WATERMARK + i, i)));
        }
        test.write(outcomes);
        double before = questions();

        List<CompletionStage<DeviceHistory>> histories = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            histories.add(test.store().history(new DeviceId("many-" + i)));
        }

        for (int i = 0; i < 3000; i++) {
            assertThat(await(histories.get(i)).tail()).containsExactly(number("m", WATERMARK + i, i));
        }
        assertThat(questions() - before).as("queries for 3,000 devices").isLessThanOrEqualTo(40);
    }

    @Test
    void the_longest_names_fit_into_a_query() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            outcomes.add(points(longName(i), number("m", WATERMARK, i)));
        }
        test.write(outcomes);

        List<CompletionStage<DeviceHistory>> histories = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            histories.add(test.store().history(new DeviceId(longName(i))));
        }

        for (int i = 0; i < 500; i++) {
            assertThat(await(histories.get(i)).tail()).containsExactly(number("m", WATERMARK, i));
        }
    }

    private static String longName(int i) {
        return (i % 2 == 0 ? "☃" : "\\").repeat(DeviceId.MAX_LENGTH - 4) + (1000 + i);
    }

    private double questions() {
        var timer = test.registry()
                .find("telltale.storage.read")
                .tag("question", "history")
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
