package io.telltale.devices.state;

import static io.telltale.devices.state.TestDevice.NOON;
import static io.telltale.devices.state.TestDevice.point;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Rollup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceWindowsTest {
    private final TestDevice device = new TestDevice();

    @Test
    void a_window_closes_when_the_watermark_reaches_its_end() {
        device.say(0, 1);
        device.say(4, 3);
        assertThat(device.say(9, 2).rollups()).isEmpty();

        var rollups = device.say(10, 7).rollups();

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
        device.say(1, 1);
        var first = device.say(12, 5).rollups().getFirst();

        var revised = device.say(3, 9).rollups();

        assertThat(revised).singleElement().satisfies(rollup -> {
            assertThat(rollup.windowStartMillis()).isEqualTo(first.windowStartMillis());
            assertThat(rollup.count()).isEqualTo(2);
            assertThat(rollup.version()).isGreaterThan(first.version());
            assertThat(rollup.emission()).isEqualTo(Emission.REVISED);
        });
    }

    @Test
    void a_duplicate_is_stored_again_and_counted_once() {
        device.say(1, 5);

        var duplicate = device.say(1, 5);

        assertThat(duplicate.points()).hasSize(1);
        assertThat(duplicate.counts().duplicates()).isEqualTo(1);
        assertThat(device.say(10, 0).rollups().getFirst().count()).isEqualTo(1);
    }

    @Test
    void a_correction_replaces_the_value_in_open_and_in_closed_windows() {
        device.say(1, 5);
        assertThat(device.say(1, 6).counts().corrections()).isEqualTo(1);
        assertThat(device.say(10, 0).rollups().getFirst().sum()).isEqualTo(6);

        assertThat(device.say(1, 7).rollups()).singleElement().satisfies(rollup -> {
            assertThat(rollup.sum()).isEqualTo(7);
            assertThat(rollup.count()).isEqualTo(1);
        });
    }

    @Test
    void latest_is_latest_by_event_time() {
        device.say(50, 50);
        device.say(30, 30);

        var snapshot = device.status(60, false).snapshot().orElseThrow();

        assertThat(snapshot.latest()).containsExactly(point(50, 50));
        assertThat(snapshot.watermarkMillis()).isEqualTo(NOON + 50_000);
    }

    @Test
    void points_of_one_payload_are_taken_in_event_time_order() {
        var newestFirst = new ArrayList<Point>();
        for (int second = 120; second >= 0; second--) {
            newestFirst.add(point(second, second));
        }

        var outcome = device.say(120, newestFirst);

        assertThat(outcome.counts().late()).isZero();
        assertThat(outcome.rollups().stream()
                        .filter(r -> r.widthMillis() == 10_000)
                        .mapToLong(Rollup::count))
                .hasSize(12)
                .containsOnly(10L);
    }

    @Test
    void a_text_is_stored_and_latest_but_not_rolled_up() {
        var text = new Point.Text("firmware", NOON, "1.4.2");

        var outcome = device.say(0, List.of(text));

        assertThat(outcome.points()).containsExactly(text);
        assertThat(outcome.snapshot().orElseThrow().latest()).containsExactly(text);
        assertThat(device.silence(4000).rollups()).isEmpty();
    }

    @Test
    void the_greatest_numbers_there_are_harm_nothing() {
        for (int second = 0; second < 200; second++) {
            device.say(second, second % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);
        }

        var rollups = device.say(1000, 1).rollups();

        assertThat(rollups).allSatisfy(r -> assertThat(r.mean()).isFinite());
        assertThat(rollups).allSatisfy(r -> assertThat(r.max()).isEqualTo(Double.MAX_VALUE));
    }
}
