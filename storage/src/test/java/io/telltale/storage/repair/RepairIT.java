package io.telltale.storage.repair;

import static io.telltale.storage.Outcomes.late;
import static io.telltale.storage.Outcomes.number;
import static io.telltale.storage.Outcomes.points;
import static io.telltale.storage.Outcomes.rollups;
import static io.telltale.storage.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.Series;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.window.SeriesWindows;
import io.telltale.analytics.window.WindowSettings;
import io.telltale.storage.StoreAudit;
import io.telltale.storage.TestStore;
import io.telltale.storage.audit.AuditResult;
import io.telltale.storage.audit.Difference;
import io.telltale.storage.audit.Difference.What;
import io.telltale.storage.audit.Scope;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Late points, wrong, missing and surplus rollups, on the real engine.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepairIT {
    private static final Map<String, Object> QUICK = Map.of("telltale.storage.repair.every", "100 ms");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LONG = TestStore.LONG_WINDOW.toMillis();
    private static final long T0 = 1_750_000_200_000L;
    /// Where the devices of these tests have come to.
    private static final long WATERMARK = T0 + 3 * LONG;

    private Path data;
    private TestStore test;

    @BeforeAll
    void open(@TempDir Path directory) {
        data = directory;
        test = TestStore.open(data, QUICK);
    }

    @AfterAll
    void close() {
        test.close();
    }

    @Test
    void late_points_end_up_in_the_rollups_of_every_width_to_the_last_bit() throws Exception {
        var counted = series(600, 7);
        test.write(
                points("late", counted), rollups(rolled("late", counted)), points("late", number("m", WATERMARK, 0)));

        // In windows with a rollup, and in one without any so far.
        Point[] late = {number("m", T0 + 3500, 0.1), number("m", T0 + 61_000, 1e6), number("m", T0 + LONG, 7)};
        test.write(late("late", "m", LONG, T0, WATERMARK, late), late("late", "m", LONG, T0 + LONG, WATERMARK));

        awaitStored(test, "late", join(counted, late));
        assertThat(audit("late").differences()).isZero();
        var whole = new Series.Query(new SeriesKey(new DeviceId("late"), "m"), T0, T0 + 5000, 100);
        assertThat(test.store().series(whole).toCompletableFuture().join().changes())
                .as("a chart can say which windows had late points")
                .containsExactly(new Series.Change(T0, T0 + 10_000, 0, 1));
    }

    @Test
    void a_correction_that_came_too_late_is_the_one_that_counts() throws Exception {
        var counted = series(100, 1);
        test.write(
                points("corrected", counted),
                rollups(rolled("corrected", counted)),
                points("corrected", number("m", WATERMARK, 0)));

        test.write(late("corrected", "m", LONG, T0, WATERMARK, number("m", T0 + 5000, -50)));

        counted[5] = number("m", T0 + 5000, -50);
        awaitStored(test, "corrected", counted);
    }

    @Test
    void a_text_in_the_place_of_the_only_number_takes_the_rollup_away() throws Exception {
        Point[] only = {number("m", T0, 1)};
        test.write(points("text", only), rollups(rolled("text", only)), points("text", text("other", WATERMARK, "on")));

        test.write(late("text", "m", LONG, T0, WATERMARK, text("m", T0, "n/a")));

        awaitStored(test, "text");
    }

    @Test
    void a_window_that_is_still_open_is_left_to_its_device_and_repaired_when_it_has_closed() throws Exception {
        var counted = series(60, 1);
        long watermark = T0 + 59_000;
        test.write(points("open", counted));

        test.write(late("open", "m", LONG, T0, watermark, number("m", T0 + 500, 5)));

        var late = join(counted, number("m", T0 + 500, 5));
        var closed = expected("open", late);
        closed.keySet().removeIf(window -> !window.startsWith("10000/") || window.endsWith("/" + (T0 + 50_000)));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stored(test, "open")).isEqualTo(closed));

        // The device closes the wide window, and does not know of the late point.
        test.write(points("open", number("m", T0 + 2 * LONG, 1)), rollups(rolled("open", counted)));

        awaitStored(test, "open", late);
        awaitDone("open");
    }

    @Test
    void a_repair_that_was_overtaken_by_a_rollup_handed_out_before_is_done_again() throws Exception {
        var counted = series(60, 1);
        test.write(points("overtaken", counted), points("overtaken", number("m", WATERMARK, 0)));
        var late = number("m", T0 + 500, 5);

        test.write(late("overtaken", "m", LONG, T0, WATERMARK, late));
        awaitStored(test, "overtaken", join(counted, late));
        test.write(rollups(rolled("overtaken", counted)));

        awaitDone("overtaken");
        assertThat(stored(test, "overtaken")).isEqualTo(expected("overtaken", join(counted, late)));
    }

    @Test
    void what_a_killed_server_left_to_do_is_done_by_the_next(@TempDir Path other) throws Exception {
        var counted = series(60, 1);
        var late = number("m", T0 + 500, 5);
        try (var first = TestStore.open(other, Map.of("telltale.storage.repair.every", "1 h"))) {
            first.write(
                    points("crash", counted),
                    rollups(rolled("crash", counted)),
                    points("crash", number("m", WATERMARK, 0)),
                    late("crash", "m", LONG, T0, WATERMARK, late));
            var engine =
                    ProcessHandle.of(first.store().enginePid().orElseThrow()).orElseThrow();
            engine.destroyForcibly();
            engine.onExit().join();
        }
        try (var second = TestStore.open(other, QUICK)) {
            awaitStored(second, "crash", join(counted, late));
        }
    }

    @Test
    void wrong_missing_and_surplus_rollups_are_found_and_put_right() throws Exception {
        var counted = series(30, 1);
        var right = rolled("wrong", counted);
        var stored = new ArrayList<>(List.of(right));
        assertThat(stored.remove(1).windowStartMillis()).isEqualTo(T0 + 10_000);
        stored.set(0, wrong(right[0], right[0].count() + 1, right[0].sum(), right[0].min(), right[0].max()));
        stored.set(1, wrong(right[2], right[2].count(), right[2].sum() + 0.001, right[2].min(), right[2].max()));
        stored.set(2, wrong(right[3], right[3].count(), right[3].sum(), right[3].min() - 1, right[3].max()));
        stored.set(3, wrong(right[4], right[4].count(), right[4].sum(), right[4].min(), right[4].max() + 1));
        stored.addAll(List.of(rolled("wrong", number("m", T0 + LONG, 1))));
        test.write(
                points("wrong", counted),
                points("wrong", number("m", WATERMARK, 0)),
                rollups(stored.toArray(Rollup[]::new)));

        AuditResult found = audit("wrong");

        assertThat(found.listed())
                .extracting(Difference::widthMillis, Difference::startMillis, Difference::what)
                .containsExactly(
                        tuple(10_000L, T0, What.COUNT),
                        tuple(10_000L, T0 + 10_000, What.MISSING),
                        tuple(10_000L, T0 + 20_000, What.SUM),
                        tuple(10_000L, T0 + LONG, What.SURPLUS),
                        tuple(60_000L, T0, What.MIN),
                        tuple(60_000L, T0 + LONG, What.SURPLUS),
                        tuple(LONG, T0, What.MAX),
                        tuple(LONG, T0 + LONG, What.SURPLUS));
        assertThat(found.differences()).isEqualTo(8);

        try (var audit = beside(test)) {
            assertThat(audit.repair(device("wrong"), 0, Long.MAX_VALUE)).isEqualTo(8);
        }

        assertThat(stored(test, "wrong")).isEqualTo(expected("wrong", counted));
        assertThat(audit("wrong").differences()).isZero();
    }

    private StoreAudit beside(TestStore store) {
        return StoreAudit.open(
                TestStore.settings(data, QUICK), TestStore.RECOVERY, InstantSource.system(), store.registry());
    }

    /// Once nothing of the device is about to change any more.
    private AuditResult audit(String device) throws Exception {
        try (var audit = beside(test)) {
            return Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> audit.audit(device(device), 0, Long.MAX_VALUE, 100),
                            result -> result.unsettled() == 0 && result.waiting() == 0 && result.windows() > 0);
        }
    }

    private static Scope device(String device) {
        return new Scope.OneDevice(new DeviceId(device));
    }

    private static void awaitStored(TestStore store, String device, Point... points) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stored(store, device)).isEqualTo(expected(device, points)));
    }

    private void awaitDone(String device) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> texts(
                                test,
                                "SELECT window_start FROM telltale.late_windows FINAL WHERE repaired = 0 AND device = '"
                                        + device + "'"),
                        List::isEmpty);
    }

    /// Every window by width and start.
    private static Map<String, String> stored(TestStore store, String device) throws SQLException {
        Map<String, String> windows = new TreeMap<>();
        for (String row : texts(
                store,
                "SELECT concat(toString(width_millis), '/', toString(toUnixTimestamp64Milli(window_start)), ' ',"
                        + " toString((count, reinterpretAsInt64(sum), reinterpretAsInt64(min), reinterpretAsInt64(max),"
                        + " reinterpretAsInt64(mean), reinterpretAsInt64(m2), toUnixTimestamp64Milli(first_time),"
                        + " reinterpretAsInt64(first_value), toUnixTimestamp64Milli(last_time),"
                        + " reinterpretAsInt64(last_value), sketch_indexes, sketch_counts)))"
                        + " FROM telltale.rollups FINAL WHERE device = '" + device + "' AND metric = 'm'")) {
            windows.put(row.substring(0, row.indexOf(' ')), row.substring(row.indexOf(' ') + 1));
        }
        return windows;
    }

    private static Map<String, String> expected(String device, Point... points) {
        Map<String, String> windows = new TreeMap<>();
        for (Rollup r : rolled(device, points)) {
            var values = List.of(
                    r.count(),
                    Double.doubleToRawLongBits(r.sum()),
                    Double.doubleToRawLongBits(r.min()),
                    Double.doubleToRawLongBits(r.max()),
                    Double.doubleToRawLongBits(r.mean()),
                    Double.doubleToRawLongBits(r.m2()),
                    r.firstMillis(),
                    Double.doubleToRawLongBits(r.firstValue()),
                    r.lastMillis(),
                    Double.doubleToRawLongBits(r.lastValue()),
                    Arrays.toString(r.quantiles().indexes()),
                    Arrays.toString(r.quantiles().counts()));
            var text = values.stream().map(Object::toString).collect(Collectors.joining(",", "(", ")"));
            windows.put(r.widthMillis() + "/" + r.windowStartMillis(), text.replace(" ", ""));
        }
        return windows;
    }

    /// What a device makes of the points when it sees them in time, until the watermark of these tests.
    private static Rollup[] rolled(String device, Point... points) {
        var windows = new SeriesWindows(
                new SeriesKey(new DeviceId(device), "m"),
                new WindowSettings(TestStore.RECOVERY.widths(), TestStore.RECOVERY.allowedLateness(), 4096));
        List<Rollup> rollups = new ArrayList<>();
        Arrays.stream(points)
                .map(Point.Numeric.class::cast)
                .sorted(Comparator.comparingLong(Point::eventTimeMillis))
                .forEach(point -> {
                    windows.add(point.eventTimeMillis(), point.value());
                    windows.advance(point.eventTimeMillis(), 1_000, rollups::add);
                });
        windows.advance(WATERMARK, 1_000, rollups::add);
        rollups.sort(Comparator.comparingLong(Rollup::widthMillis).thenComparingLong(Rollup::windowStartMillis));
        return rollups.toArray(Rollup[]::new);
    }

    private static Rollup wrong(Rollup r, long count, double sum, double min, double max) {
        return new Rollup(
                r.series(),
                r.widthMillis(),
                r.windowStartMillis(),
                r.version(),
                r.emission(),
                count,
                sum,
                min,
                max,
                r.mean(),
                r.m2(),
                r.firstMillis(),
                r.firstValue(),
                r.lastMillis(),
                r.lastValue(),
                r.quantiles());
    }

    /// One a second.
    private static Point[] series(int count, int step) {
        return IntStream.range(0, count)
                .mapToObj(i -> number("m", T0 + i * 1000L, i * step % 17 + i * 0.1))
                .toArray(Point[]::new);
    }

    private static Point[] join(Point[] points, Point... more) {
        return Stream.concat(Arrays.stream(points), Arrays.stream(more)).toArray(Point[]::new);
    }

    private static List<String> texts(TestStore store, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (var connection = store.store().address().connect(Duration.ofSeconds(30));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
