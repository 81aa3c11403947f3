package io.telltale.devices.state;

import static io.telltale.devices.state.TestDevice.DEVICE;
import static io.telltale.devices.state.TestDevice.NOON;
import static io.telltale.devices.state.TestDevice.point;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.LateWindow;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceLatenessTest {
    private final TestDevice device = new TestDevice();

    @Test
    void a_point_behind_the_watermark_is_stored_but_not_rolled_up() {
        device.say(60, 1);

        var outcome = device.say(20, 21.5);

        assertThat(outcome.points()).hasSize(1);
        assertThat(outcome.rollups()).isEmpty();
        assertThat(outcome.counts().late()).isEqualTo(1);
    }

    @Test
    void late_points_leave_one_late_window_for_each_hour_of_their_series() {
        device.say(7200, 1);
        assertThat(device.say(7199, 1).lateWindows())
                .as("inside the allowed lateness")
                .isEmpty();

        var points = List.of(point(20, 1), point(21, 2), point(3600, 3), point("pressure", 20, 4), point(7201, 5));
        var outcome = device.say(7202, points);

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
        device.say(60, 1);
        device.say(20, 2);

        assertThat(device.say(20, 2).lateWindows()).hasSize(1);
    }

    @Test
    void a_point_older_than_a_recovered_tail_leaves_a_late_window() {
        device.say(1, 1);
        var closed = device.say(10, 2).rollups();
        var recovered = new TestDevice();
        recovered.state.restore(
                new DeviceHistory(DEVICE, Optional.empty(), closed, List.of(point(10, 2)), NOON + 10_000));

        assertThat(recovered.say(11, 3).lateWindows()).isEmpty();
        assertThat(recovered.say(5, 4).lateWindows()).hasSize(1);
    }

    @Test
    void a_text_in_the_place_of_a_number_leaves_a_late_window() {
        device.say(1, 1);
        assertThat(device.text(2).lateWindows()).as("no number there").isEmpty();

        assertThat(device.text(1).lateWindows()).hasSize(1);

        device.say(60, 1);
        assertThat(device.text(3).lateWindows()).as("too long ago to know").hasSize(1);
    }

    @Test
    void metrics_beyond_the_bound_are_stored_but_not_watched_and_left_to_the_repair() {
        var points = new ArrayList<Point>();
        for (int i = 0; i < 1100; i++) {
            points.add(new Point.Numeric("m" + i, NOON, i));
        }

        var outcome = device.say(0, points);

        assertThat(outcome.points()).hasSize(1100);
        assertThat(outcome.lateWindows()).hasSize(100);
        assertThat(outcome.counts().late()).isZero();
        assertThat(outcome.snapshot().orElseThrow().latest()).hasSize(1000);
    }
}
