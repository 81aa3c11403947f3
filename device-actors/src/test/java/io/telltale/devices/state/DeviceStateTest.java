package io.telltale.devices.state;

import static io.telltale.analytics.model.Presence.OFFLINE;
import static io.telltale.analytics.model.Presence.ONLINE;
import static io.telltale.analytics.model.Presence.STALE;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.telltale.analytics.anomaly.Detection;
import io.telltale.analytics.anomaly.Limits;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.LateWindow;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.analytics.model.Replay;
import io.telltale.analytics.model.Report;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.model.Silence;
import io.telltale.analytics.window.WindowSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceStateTest {
    private static final DeviceId DEVICE = new DeviceId("meter-1");
    private static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

    static final DeviceRules RULES = new DeviceRules(
            new WindowSettings(List.of(ofSeconds(10), ofMinutes(1), Duration.ofHours(1)), ofSeconds(30), 4096),
            1000,
            ofSeconds(15),
            ofMinutes(2),
            ofMinutes(10),
            ofMinutes(30),
            ofMinutes(1),
            ofMinutes(1),
            Detection.USUAL,
            Map.of("pressure", new Limits(0, 10, Double.POSITIVE_INFINITY)),
            new DeviceTypes(List.of(), ofMinutes(1)));

    private final DeviceState state = new DeviceState(DEVICE, RULES);

    @Test
    void a_window_closes_when_the_watermark_reaches_its_end() {
        say(0, 1);
        say(4, 3);
        assertThat(say(9, 2).rollups()).isEmpty();

        var rollups = say(10, 7).rollups();

        assertThat(rollups).singleElement().satisfies(rollup -> {
            assertThat(rollup.widthMillis()).isEqualTo(10_000);
            assertThat(rollup.windowStartMillis()).isEqualTo(NOON);
            assertThat(rollup.count()).isEqualTo(3);
            assertThat(rollup.sum()).isEqualTo(6);
            assertThat(rollup.min()).isEqualTo(1);
            assertThat(rollup.max()).isEqualTo(3);
            assertThat(rollup.mean()).isEqualTo(2);
            assertThat(rollup.m2()).isEqualTo(2);
            assertThat(rollup.firstValue()).isEqualTo(1);
            assertThat(rollup.lastValue()).isEqualTo(2);
        });
    }

    @Test
    void a_point_inside_the_allowed_lateness_emits_its_closed_window_again_with_a_higher_version() {
        say(1, 1);
        var first = say(12, 5).rollups().getFirst();

        var revised = say(3, 9).rollups();

        assertThat(revised).singleElement().satisfies(rollup -> {
            assertThat(rollup.windowStartMillis()).isEqualTo(first.windowStartMillis());
            assertThat(rollup.count()).isEqualTo(2);
            assertThat(rollup.version()).isGreaterThan(first.version());
            assertThat(rollup.emission()).isEqualTo(Emission.REVISED);
        });
    }

    @Test
    void a_point_behind_the_watermark_is_stored_but_not_rolled_up() {
        say(60, 1);

        var outcome = say(20, 21.5);

        assertThat(outcome.points()).hasSize(1);
        assertThat(outcome.rollups()).isEmpty();
        assertThat(outcome.counts().late()).isEqualTo(1);
    }

    @Test
    void late_points_leave_one_late_window_for_each_hour_of_their_series() {
        say(7200, 1);
        assertThat(say(7199, 1).lateWindows()).as("inside the allowed lateness").isEmpty();

        var points = List.<Point>of(point(20, 1), point(21, 2), point(3600, 3), pressureAt(20, 4), point(7201, 5));
        var outcome = state.apply(new Report(DEVICE, NOON + 7202_000, points));

        var temperature = new SeriesKey(DEVICE, "temperature");
        assertThat(outcome.lateWindows())
                .containsExactlyInAnyOrder(
                        new LateWindow(temperature, 3600_000, NOON, NOON + 7201_000),
                        new LateWindow(temperature, 3600_000, NOON + 3600_000, NOON + 7201_000),
                        new LateWindow(new SeriesKey(DEVICE, "pressure"), 3600_000, NOON, NOON + 7201_000));
        assertThat(outcome.counts().late()).isEqualTo(4);
    }

    @Test
    void a_late_point_that_comes_again_leaves_its_window_again() {
        say(60, 1);
        say(20, 2);

        assertThat(say(20, 2).lateWindows()).hasSize(1);
    }

    @Test
    void a_point_older_than_a_recovered_tail_leaves_a_late_window() {
        say(1, 1);
        var closed = say(10, 2).rollups();
        var recovered = new DeviceState(DEVICE, RULES);
        recovered.restore(new DeviceHistory(DEVICE, Optional.empty(), closed, List.of(point(10, 2)), NOON + 10_000));

        assertThat(recovered.apply(report(11, 3)).lateWindows()).isEmpty();
        assertThat(recovered.apply(report(5, 4)).lateWindows()).hasSize(1);
    }

    @Test
    void a_text_in_the_place_of_a_number_leaves_a_late_window() {
        say(1, 1);
        assertThat(text(2).lateWindows()).as("no number there").isEmpty();

        assertThat(text(1).lateWindows()).hasSize(1);

        say(60, 1);
        assertThat(text(3).lateWindows()).as("too long ago to know").hasSize(1);
    }

    @Test
    void a_leap_that_comes_with_a_switch_of_the_same_device_is_no_news() {
        var random = new Random(7);
        var found = new ArrayList<Anomaly>();
        for (int second = 0; second < 600; second++) {
            boolean runs = second < 500;
            double load = runs ? 65 + random.nextGaussian() : 0;
            var points = List.<Point>of(pointOf("load", second, load), pointOf("running", second, runs ? 1 : 0));
            found.addAll(state.apply(new Report(DEVICE, NOON + second * 1000L, points))
                    .anomalies());
        }
        assertThat(found).isEmpty();

        var spike = List.<Point>of(pointOf("load", 600, 500), pointOf("running", 600, 0));
        assertThat(state.apply(new Report(DEVICE, NOON + 600_000, spike)).anomalies())
                .extracting(Anomaly::kind)
                .containsExactly(Anomaly.Kind.SPIKE);
    }

    @Test
    void what_people_called_false_alarms_is_told_no_more_and_taking_it_back_helps() {
        assertThat(spikesFound(0)).isEqualTo(1);
        assertThat(spikesFound(5)).isZero();
        assertThat(spikesFound(-1)).isEqualTo(1);
    }

    private static int spikesFound(int falseAlarms) {
        var device = new DeviceState(DEVICE, RULES);
        device.restore(DeviceHistory.none(DEVICE).withStrictness(Map.of("load", falseAlarms)));
        var random = new Random(7);
        var found = new HashSet<Long>();
        for (int second = 0; second < 1000; second++) {
            double value = second == 900 ? 30 : 20 + random.nextGaussian();
            var report = new Report(DEVICE, NOON + second * 1000L, List.of(pointOf("load", second, value)));
            device.apply(report).anomalies().forEach(anomaly -> found.add(anomaly.eventTimeMillis()));
        }
        return found.size();
    }

    @Test
    void what_is_odd_in_two_metrics_at_once_is_told_once() {
        var random = new Random(7);
        for (int second = 0; second < 600; second++) {
            var points = List.<Point>of(
                    pointOf("load", second, 65 + random.nextGaussian()),
                    pointOf("current", second, 5 + 0.1 * random.nextGaussian()));
            state.apply(new Report(DEVICE, NOON + second * 1000L, points));
        }

        var both = List.<Point>of(pointOf("load", 600, 74), pointOf("current", 600, 9));
        var found = state.apply(new Report(DEVICE, NOON + 600_000, both)).anomalies();

        assertThat(found).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.series().metric()).isEqualTo("current");
            assertThat(anomaly.explanation()).endsWith("at the same time load");
        });
    }

    @Test
    void a_device_that_falls_silent_as_a_whole_is_one_gap_without_a_metric() {
        for (int second = 0; second < 20; second++) {
            var points = List.<Point>of(pointOf("load", second, second % 7), pointOf("running", second, 1));
            state.apply(new Report(DEVICE, NOON + second * 1000L, points));
        }

        var found = state.apply(new Silence(DEVICE, NOON + 60_000)).anomalies();

        assertThat(found).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo(Anomaly.Kind.GAP);
            assertThat(anomaly.series().metric()).isEmpty();
        });
    }

    @Test
    void a_duplicate_is_stored_again_and_counted_once() {
        say(1, 5);

        var duplicate = say(1, 5);

        assertThat(duplicate.points()).hasSize(1);
        assertThat(duplicate.counts().duplicates()).isEqualTo(1);
        assertThat(say(10, 0).rollups().getFirst().count()).isEqualTo(1);
    }

    @Test
    void a_correction_replaces_the_value_in_open_and_in_closed_windows() {
        say(1, 5);
        assertThat(say(1, 6).counts().corrections()).isEqualTo(1);
        assertThat(say(10, 0).rollups().getFirst().sum()).isEqualTo(6);

        assertThat(say(1, 7).rollups()).singleElement().satisfies(rollup -> {
            assertThat(rollup.sum()).isEqualTo(7);
            assertThat(rollup.count()).isEqualTo(1);
        });
    }

    @Test
    void latest_is_latest_by_event_time() {
        say(50, 50);
        say(30, 30);

        var snapshot = state.apply(new PresenceReport(DEVICE, NOON + 60_000, false))
                .snapshot()
                .orElseThrow();

        assertThat(snapshot.latest()).containsExactly(new Point.Numeric("temperature", NOON + 50_000, 50));
        assertThat(snapshot.watermarkMillis()).isEqualTo(NOON + 50_000);
    }

    @Test
    void results_are_handed_out_again_until_they_are_confirmed() {
        say(1, 1);
        var closing = say(10, 2);
        assertThat(closing.confirmation()).isPositive();

        assertThat(say(11, 3).rollups()).as("a moment later: still in flight").isEmpty();
        var again = say(75, 4);
        assertThat(again.rollups()).containsAll(closing.rollups());

        state.confirm(again.confirmation());
        assertThat(say(140, 5).rollups()).doesNotContainAnyElementsOf(closing.rollups());
    }

    @Test
    void a_silent_device_closes_its_windows_and_goes_stale_then_offline() {
        say(1, 1);

        assertThat(silence(20).rollups()).as("inside the grace").isEmpty();
        assertThat(silence(26).rollups()).hasSize(1);
        assertThat(silence(119).presence()).isEqualTo(ONLINE);
        assertThat(silence(121).presence()).isEqualTo(STALE);
        assertThat(silence(601).presence()).isEqualTo(OFFLINE);
        assertThat(say(602, 1).presence()).isEqualTo(ONLINE);
    }

    @Test
    void the_due_time_is_never_after_something_happens() {
        say(1, 1);
        var happened = new ArrayList<Long>();
        for (long second = 2; second < 4000; second++) {
            boolean due = state.dueMillis() <= NOON + second * 1000;
            if (due) {
                var outcome = silence(second);
                state.confirm(outcome.confirmation());
                if (!outcome.rollups().isEmpty()) {
                    happened.add(second);
                }
            }
        }

        assertThat(happened).containsExactly(25L, 75L, 3615L);
        assertThat(state.isPassive(NOON + 4000_000)).isTrue();
    }

    @Test
    void a_last_will_puts_the_device_offline_at_once_and_tells_the_store() {
        say(1, 1);

        var outcome = state.apply(new PresenceReport(DEVICE, NOON + 2000, false));

        assertThat(outcome.presence()).isEqualTo(OFFLINE);
        assertThat(outcome.snapshot()).isPresent();
    }

    @Test
    void a_replay_counts_its_points_once_and_says_nothing_of_presence() {
        say(12, 1);
        state.apply(new PresenceReport(DEVICE, NOON + 13_000, false));
        var replay = new Replay(DEVICE, NOON + 3600_000, NOON + 2000, List.of(point(2, 5)));

        var first = state.apply(replay);
        var second = state.apply(replay);

        assertThat(first.presence()).isEqualTo(OFFLINE);
        assertThat(first.rollups()).singleElement().satisfies(rollup -> {
            assertThat(rollup.windowStartMillis()).isEqualTo(NOON);
            assertThat(rollup.version()).isGreaterThanOrEqualTo(NOON + 3600_000);
        });
        assertThat(second.points()).isEqualTo(first.points());
        assertThat(second.counts().duplicates()).isEqualTo(1);
        assertThat(second.rollups()).isEqualTo(first.rollups());
    }

    @Test
    void a_device_known_by_a_replay_alone_was_heard_when_its_letter_came() {
        var outcome = state.apply(new Replay(DEVICE, NOON + 3600_000, NOON + 1000, List.of(point(0, 1))));

        assertThat(outcome.presence()).isEqualTo(OFFLINE);
        assertThat(outcome.snapshot()).hasValueSatisfying(snapshot -> {
            assertThat(snapshot.firstSeenMillis()).isEqualTo(NOON + 1000);
            assertThat(snapshot.lastArrivalMillis()).isEqualTo(NOON + 1000);
        });
        assertThat(silence(3616).rollups()).as("every window it is in closes").hasSize(3);
    }

    @Test
    void points_of_one_payload_are_taken_in_event_time_order() {
        var newestFirst = new ArrayList<Point>();
        for (int second = 120; second >= 0; second--) {
            newestFirst.add(new Point.Numeric("temperature", NOON + second * 1000L, second));
        }

        var outcome = state.apply(new Report(DEVICE, NOON + 120_000, newestFirst));

        assertThat(outcome.counts().late()).isZero();
        assertThat(outcome.rollups().stream()
                        .filter(r -> r.widthMillis() == 10_000)
                        .mapToLong(Rollup::count))
                .hasSize(12)
                .containsOnly(10L);
    }

    @Test
    void a_limit_that_is_crossed_is_an_anomaly_once() {
        var outcomes = List.of(state.apply(pressure(1, 5)), state.apply(pressure(2, 11)), state.apply(pressure(3, 12)));

        assertThat(outcomes.stream().flatMap(o -> o.anomalies().stream()))
                .singleElement()
                .satisfies(anomaly -> {
                    assertThat(anomaly.kind()).isEqualTo(Anomaly.Kind.LIMIT);
                    assertThat(anomaly.eventTimeMillis()).isEqualTo(NOON + 2000);
                    assertThat(anomaly.observed()).isEqualTo(11);
                });
    }

    @Test
    void metrics_beyond_the_bound_are_stored_but_not_watched_and_left_to_the_repair() {
        var points = new ArrayList<Point>();
        for (int i = 0; i < 1100; i++) {
            points.add(new Point.Numeric("m" + i, NOON, i));
        }

        var outcome = state.apply(new Report(DEVICE, NOON, points));

        assertThat(outcome.points()).hasSize(1100);
        assertThat(outcome.lateWindows()).hasSize(100);
        assertThat(outcome.counts().late()).isZero();
        assertThat(outcome.snapshot().orElseThrow().latest()).hasSize(1000);
    }

    @Test
    void a_state_that_was_recovered_goes_on_as_if_nothing_had_happened() {
        var uninterrupted = new DeviceState(DEVICE, RULES);
        var stored = new ArrayList<Outcome.Processed>();
        for (int second = 0; second < 1000; second++) {
            uninterrupted.confirm(
                    uninterrupted.apply(report(second, Math.sin(second))).confirmation());
            stored.add(say(second, Math.sin(second)));
            state.confirm(stored.getLast().confirmation());
        }
        long tailFrom = Math.floorDiv(NOON + 999_000 - 150_000, 60_000) * 60_000;
        var recovered = new DeviceState(DEVICE, RULES);
        recovered.restore(new DeviceHistory(
                DEVICE,
                Optional.empty(),
                stored.stream().flatMap(o -> o.rollups().stream()).toList(),
                stored.stream()
                        .flatMap(o -> o.points().stream())
                        .filter(p -> p.eventTimeMillis() >= tailFrom)
                        .toList(),
                tailFrom));

        var expected = uninterrupted.apply(report(3600, 1)).rollups();
        var actual = recovered.apply(report(3600, 1)).rollups();

        assertThat(actual.stream().map(DeviceStateTest::exact))
                .containsAll(expected.stream().map(DeviceStateTest::exact).toList());
        assertThat(hour(actual).mean()).isCloseTo(hour(expected).mean(), offset(1e-12));
        assertThat(hour(actual).count()).isEqualTo(1000);
    }

    @Test
    void a_snapshot_newer_than_the_tail_does_not_cut_the_windows_that_the_tail_rebuilds() {
        var tail = new ArrayList<Point>();
        for (int second = 0; second < 180; second++) {
            tail.add(new Point.Numeric("temperature", NOON + second * 1000L, second));
        }
        var snapshot = new DeviceSnapshot(
                DEVICE, ONLINE, NOON, NOON + 179_000, NOON + 179_000, List.of(tail.getLast()), new byte[0]);

        state.restore(new DeviceHistory(DEVICE, Optional.of(snapshot), List.of(), tail, NOON));

        assertThat(say(180, 180).rollups().stream().filter(r -> r.widthMillis() == 10_000))
                .hasSize(18)
                .extracting(Rollup::count)
                .containsOnly(10L);
    }

    @Test
    void a_device_that_is_known_by_its_points_alone_is_not_silent_since_1970() {
        state.restore(new DeviceHistory(DEVICE, Optional.empty(), List.of(), List.of(point(0, 1)), NOON - 60_000));

        state.apply(new PresenceReport(DEVICE, NOON + 1000, true));
        state.apply(new Silence(DEVICE, NOON + 2000));

        assertThat(say(5, 2).counts().late()).isZero();
    }

    @Test
    void a_device_that_is_known_by_its_points_alone_closes_its_windows_when_it_is_woken() {
        state.restore(new DeviceHistory(DEVICE, Optional.empty(), List.of(), List.of(point(0, 1)), NOON - 60_000));
        assertThat(state.isPassive(NOON)).isFalse();

        var outcome = silence(3601 + 15);

        assertThat(outcome.rollups()).hasSize(3);
        assertThat(outcome.snapshot())
                .hasValueSatisfying(snapshot -> assertThat(snapshot.presence()).isEqualTo(OFFLINE));
    }

    @Test
    void a_snapshot_that_was_lost_is_handed_out_again() {
        state.confirm(say(1, 1).confirmation());
        var lost = state.apply(new PresenceReport(DEVICE, NOON + 2000, false));
        assertThat(lost.confirmation()).isPositive();

        assertThat(state.dueMillis()).isLessThan(NOON + 64_000);
        assertThat(silence(40).snapshot()).isEmpty();
        assertThat(silence(63).snapshot())
                .hasValueSatisfying(snapshot -> assertThat(snapshot.presence()).isEqualTo(OFFLINE));
    }

    @Test
    void a_recovery_hands_out_only_what_the_store_does_not_have() {
        var stored = new ArrayList<Rollup>();
        for (int second = 0; second <= 120; second++) {
            stored.addAll(say(second, second).rollups());
        }
        var missing = stored.stream()
                .filter(r -> r.windowStartMillis() == NOON + 100_000)
                .toList();
        var history = new DeviceHistory(
                DEVICE,
                Optional.empty(),
                stored.stream().filter(r -> !missing.contains(r)).toList(),
                IntStream.rangeClosed(0, 120).mapToObj(s -> point(s, s)).toList(),
                NOON);
        var recovered = new DeviceState(DEVICE, RULES);

        recovered.restore(history);

        assertThat(recovered.apply(report(121, 121)).rollups()).singleElement().satisfies(rollup -> {
            assertThat(rollup.windowStartMillis()).isEqualTo(NOON + 100_000);
            assertThat(rollup.count()).isEqualTo(10);
            assertThat(rollup.emission()).isEqualTo(Emission.CLOSED);
        });
    }

    @Test
    void a_crash_since_the_last_snapshot_is_no_gap_in_the_series() {
        for (int second = 0; second <= 60; second++) {
            say(second, second % 7);
        }
        var snapshot =
                state.apply(new PresenceReport(DEVICE, NOON + 60_000, false)).snapshot();
        var tail = IntStream.rangeClosed(0, 119).mapToObj(s -> point(s, s % 7)).toList();
        var recovered = new DeviceState(DEVICE, RULES);

        recovered.restore(new DeviceHistory(DEVICE, snapshot, List.of(), tail, NOON));

        assertThat(recovered.apply(report(120, 1)).anomalies()).isEmpty();
    }

    @Test
    void a_sign_of_life_without_points_does_not_hold_windows_open() {
        say(1, 1);
        for (int second = 5; second < 25; second += 5) {
            state.apply(new Report(DEVICE, NOON + second * 1000L, List.of()));
        }

        assertThat(state.dueMillis()).isEqualTo(NOON + 25_000);
        assertThat(silence(25).rollups()).hasSize(1);
    }

    @Test
    void an_idle_device_with_an_open_window_is_asked_when_it_closes_not_before() {
        say(1, 1);
        int asked = 0;
        for (long second = 2; second < 7200 && !state.isPassive(NOON + second * 1000); second++) {
            if (state.dueMillis() <= NOON + second * 1000) {
                state.confirm(silence(second).confirmation());
                asked++;
            }
        }

        assertThat(state.isPassive(NOON + 7200_000)).isTrue();
        assertThat(asked).isLessThan(12);
    }

    @Test
    void a_text_is_stored_and_latest_but_not_rolled_up() {
        var text = new Point.Text("firmware", NOON, "1.4.2");

        var outcome = state.apply(new Report(DEVICE, NOON, List.of(text)));

        assertThat(outcome.points()).containsExactly(text);
        assertThat(outcome.snapshot().orElseThrow().latest()).containsExactly(text);
        assertThat(silence(4000).rollups()).isEmpty();
    }

    @Test
    void the_greatest_numbers_there_are_harm_nothing() {
        for (int second = 0; second < 200; second++) {
            say(second, second % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);
        }

        var rollups = say(1000, 1).rollups();

        assertThat(rollups).allSatisfy(r -> assertThat(r.mean()).isFinite());
        assertThat(rollups).allSatisfy(r -> assertThat(r.max()).isEqualTo(Double.MAX_VALUE));
    }

    private static Point point(long second, double value) {
        return new Point.Numeric("temperature", NOON + second * 1000, value);
    }

    private static Point pressureAt(long second, double value) {
        return new Point.Numeric("pressure", NOON + second * 1000, value);
    }

    private Outcome.Processed text(long second) {
        var text = new Point.Text("temperature", NOON + second * 1000, "n/a");
        return state.apply(new Report(DEVICE, NOON + second * 1000, List.of(text)));
    }

    private static Rollup hour(List<Rollup> rollups) {
        return rollups.stream()
                .filter(r -> r.widthMillis() == 3_600_000)
                .findFirst()
                .orElseThrow();
    }

    private static List<Object> exact(Rollup r) {
        return List.of(
                r.widthMillis(),
                r.windowStartMillis(),
                r.count(),
                r.min(),
                r.max(),
                r.firstValue(),
                r.lastValue(),
                r.quantiles());
    }

    private Outcome.Processed say(long second, double value) {
        return state.apply(report(second, value));
    }

    private Outcome.Processed silence(long second) {
        return state.apply(new Silence(DEVICE, NOON + second * 1000));
    }

    private static Report report(long second, double value) {
        return new Report(DEVICE, NOON + second * 1000, List.of(point(second, value)));
    }

    private static Report pressure(long second, double value) {
        return new Report(
                DEVICE, NOON + second * 1000, List.of(new Point.Numeric("pressure", NOON + second * 1000, value)));
    }

    private static Point pointOf(String metric, int second, double value) {
        return new Point.Numeric(metric, NOON + second * 1000L, value);
    }
}
