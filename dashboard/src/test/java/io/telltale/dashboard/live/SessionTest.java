package io.telltale.dashboard.live;

import static io.telltale.dashboard.Outcomes.heard;
import static io.telltale.dashboard.Outcomes.point;
import static io.telltale.dashboard.Outcomes.spike;
import static io.telltale.dashboard.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final DeviceId METER = new DeviceId("meter");

    private final AtomicInteger wakes = new AtomicInteger();
    private final Session session = new Session(
            new LiveSettings(1, Duration.ofMillis(100), 20, 2, 1000, Duration.ofSeconds(20)), wakes::incrementAndGet);

    @Test
    void a_row_that_changes_often_is_told_once() {
        session.watch(new Watch(false, Set.of(METER), Set.of(), false));
        session.take();

        session.offer(heard("meter", 1));
        session.offer(heard("meter", 2));

        assertThat(session.take().rows()).containsExactly(METER);
        assertThat(session.take().rows()).isEmpty();
    }

    @Test
    void the_stream_is_woken_once_for_all_that_happens_before_it_takes() {
        session.watch(new Watch(false, Set.of(METER), Set.of(), false));
        session.offer(heard("meter", 1));
        session.offer(heard("meter", 2));
        assertThat(wakes).hasValue(1);

        session.take();
        session.offer(heard("meter", 3));
        assertThat(wakes).hasValue(2);
    }

    @Test
    void every_numeric_point_is_kept_in_order_and_no_text() {
        session.watch(new Watch(false, Set.of(), Set.of(METER), false));

        session.offer(heard("meter", 1, point("t", 10, 1), text("state", 10, "open")));
        session.offer(heard("meter", 2, point("t", 9, 2)));

        assertThat(points(session.take())).containsExactly("t 10 1.0", "t 9 2.0");
    }

    @Test
    void a_slow_browser_gets_the_newest_points_and_is_told_how_many_it_missed() {
        session.watch(new Watch(false, Set.of(), Set.of(METER), false));
        for (int i = 0; i < 50; i++) {
            session.offer(heard("meter", i, point("t", i, i)));
        }

        var changes = session.take();

        assertThat(skipped(changes)).isEqualTo(30);
        assertThat(points(changes)).hasSize(20).startsWith("t 30 30.0").endsWith("t 49 49.0");
    }

    @Test
    void skipped_is_counted_anew_for_each_frame() {
        session.watch(new Watch(false, Set.of(), Set.of(METER), false));
        for (int i = 0; i < 50; i++) {
            session.offer(heard("meter", i, point("t", i, i)));
        }
        session.take();

        session.offer(heard("meter", 60, point("t", 60, 60)));

        assertThat(skipped(session.take())).isZero();
    }

    @Test
    void the_oldest_anomalies_are_forgotten_and_counted() {
        session.watch(new Watch(false, Set.of(), Set.of(), true));

        session.offer(List.of(spike("meter", 1), spike("meter", 2), spike("meter", 3)));

        var changes = session.take();
        assertThat(changes.anomalies()).containsExactly(spike("meter", 2), spike("meter", 3));
        assertThat(changes.anomaliesSkipped()).isEqualTo(1);
    }

    @Test
    void what_is_not_watched_is_not_kept() {
        session.watch(Watch.NOTHING);
        session.take();

        session.offer(heard("meter", 1, point("t", 1, 1)));
        session.offer(List.of(spike("meter", 1)));
        session.offerOverview();

        var changes = session.take();
        assertThat(changes.rows()).isEmpty();
        assertThat(changes.points()).isEmpty();
        assertThat(changes.anomalies()).isEmpty();
        assertThat(changes.overview()).isFalse();
    }

    @Test
    void points_still_watched_survive_a_new_watch() {
        session.watch(new Watch(false, Set.of(), Set.of(METER), false));
        session.offer(heard("meter", 1, point("t", 1, 1)));

        session.watch(new Watch(false, Set.of(), Set.of(METER, new DeviceId("pump")), false));

        assertThat(points(session.take())).containsExactly("t 1 1.0");
    }

    @Test
    void the_age_of_changes_is_that_of_the_first() {
        session.watch(new Watch(false, Set.of(METER), Set.of(METER), false));
        session.offer(heard("meter", 700, point("t", 1, 1)));
        session.offer(heard("meter", 900, point("t", 2, 1)));

        assertThat(session.take().oldestMillis()).hasValue(700);
        assertThat(session.take().oldestMillis()).isEmpty();
    }

    private static long skipped(Changes changes) {
        return changes.points().values().stream()
                .mapToLong(PointBuffer::skipped)
                .sum();
    }

    private static List<String> points(Changes changes) {
        var points = new ArrayList<String>();
        changes.points()
                .values()
                .forEach(buffer ->
                        buffer.forEach((metric, time, value) -> points.add(metric + " " + time + " " + value)));
        return points;
    }
}
