package io.telltale.devices.state;

import static io.telltale.analytics.model.Presence.OFFLINE;
import static io.telltale.analytics.model.Presence.ONLINE;
import static io.telltale.devices.state.TestDevice.DEVICE;
import static io.telltale.devices.state.TestDevice.NOON;
import static io.telltale.devices.state.TestDevice.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Rollup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceRecoveryTest {
    private final TestDevice device = new TestDevice();

    @Test
    void a_state_that_was_recovered_goes_on_as_if_nothing_had_happened() {
        var uninterrupted = new TestDevice();
        var stored = new ArrayList<Outcome.Processed>();
        for (int second = 0; second < 1000; second++) {
            uninterrupted.state.confirm(
                    uninterrupted.say(second, Math.sin(second)).confirmation());
            stored.add(device.say(second, Math.sin(second)));
            device.state.confirm(stored.getLast().confirmation());
        }
        long tailFrom = Math.floorDiv(NOON + 999_000 - 150_000, 60_000) * 60_000;
        var recovered = new TestDevice();
        recovered.state.restore(new DeviceHistory(
                DEVICE,
                Optional.empty(),
                stored.stream().flatMap(o -> o.rollups().stream()).toList(),
                stored.stream()
                        .flatMap(o -> o.points().stream())
                        .filter(p -> p.eventTimeMillis() >= tailFrom)
                        .toList(),
                tailFrom));

        var expected = uninterrupted.say(3600, 1).rollups();
        var actual = recovered.say(3600, 1).rollups();

        assertThat(actual.stream().map(DeviceRecoveryTest::exact))
                .containsAll(expected.stream().map(DeviceRecoveryTest::exact).toList());
        assertThat(hour(actual).mean()).isCloseTo(hour(expected).mean(), offset(1e-12));
        assertThat(hour(actual).count()).isEqualTo(1000);
    }

    @Test
    void a_recovery_hands_out_only_what_the_store_does_not_have() {
        var stored = new ArrayList<Rollup>();
        for (int second = 0; second <= 120; second++) {
            stored.addAll(device.say(second, second).rollups());
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
        var recovered = new TestDevice();

        recovered.state.restore(history);

        assertThat(recovered.say(121, 121).rollups()).singleElement().satisfies(rollup -> {
            assertThat(rollup.windowStartMillis()).isEqualTo(NOON + 100_000);
            assertThat(rollup.count()).isEqualTo(10);
            assertThat(rollup.emission()).isEqualTo(Emission.CLOSED);
        });
    }

    @Test
    void a_snapshot_newer_than_the_tail_does_not_cut_the_windows_that_the_tail_rebuilds() {
        var tail = new ArrayList<Point>();
        for (int second = 0; second < 180; second++) {
            tail.add(point(second, second));
        }
        var snapshot = new DeviceSnapshot(
                DEVICE, ONLINE, NOON, NOON + 179_000, NOON + 179_000, List.of(tail.getLast()), new byte[0]);

        device.state.restore(new DeviceHistory(DEVICE, Optional.of(snapshot), List.of(), tail, NOON));

        assertThat(device.say(180, 180).rollups().stream().filter(r -> r.widthMillis() == 10_000))
                .hasSize(18)
                .extracting(Rollup::count)
                .containsOnly(10L);
    }

    @Test
    void a_device_that_is_known_by_its_points_alone_is_not_silent_since_1970() {
        device.state.restore(
                new DeviceHistory(DEVICE, Optional.empty(), List.of(), List.of(point(0, 1)), NOON - 60_000));

        device.status(1, true);
        device.silence(2);

        assertThat(device.say(5, 2).counts().late()).isZero();
    }

    @Test
    void a_device_that_is_known_by_its_points_alone_closes_its_windows_when_it_is_woken() {
        device.state.restore(
                new DeviceHistory(DEVICE, Optional.empty(), List.of(), List.of(point(0, 1)), NOON - 60_000));
        assertThat(device.state.isPassive(NOON)).isFalse();

        var outcome = device.silence(3601 + 15);

        assertThat(outcome.rollups()).hasSize(3);
        assertThat(outcome.snapshot())
                .hasValueSatisfying(snapshot -> assertThat(snapshot.presence()).isEqualTo(OFFLINE));
    }

    @Test
    void a_crash_since_the_last_snapshot_is_no_gap_in_the_series() {
        for (int second = 0; second <= 60; second++) {
            device.say(second, second % 7);
        }
        var snapshot = device.status(60, false).snapshot();
        var tail = IntStream.rangeClosed(0, 119).mapToObj(s -> point(s, s % 7)).toList();
        var recovered = new TestDevice();

        recovered.state.restore(new DeviceHistory(DEVICE, snapshot, List.of(), tail, NOON));

        assertThat(recovered.say(120, 1).anomalies()).isEmpty();
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
}
