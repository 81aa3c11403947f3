package io.telltale.devices.state;

import static io.telltale.analytics.model.Presence.OFFLINE;
import static io.telltale.devices.state.TestDevice.DEVICE;
import static io.telltale.devices.state.TestDevice.NOON;
import static io.telltale.devices.state.TestDevice.point;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.Replay;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceRedeliveryTest {
    private final TestDevice device = new TestDevice();

    @Test
    void results_are_handed_out_again_until_they_are_confirmed() {
        device.say(1, 1);
        var closing = device.say(10, 2);
        assertThat(closing.confirmation()).isPositive();

        assertThat(device.say(11, 3).rollups())
                .as("a moment later: still in flight")
                .isEmpty();
        var again = device.say(75, 4);
        assertThat(again.rollups()).containsAll(closing.rollups());

        device.state.confirm(again.confirmation());
        assertThat(device.say(140, 5).rollups()).doesNotContainAnyElementsOf(closing.rollups());
    }

    @Test
    void a_snapshot_that_was_lost_is_handed_out_again() {
        device.state.confirm(device.say(1, 1).confirmation());
        var lost = device.status(2, false);
        assertThat(lost.confirmation()).isPositive();

        assertThat(device.state.dueMillis()).isLessThan(NOON + 64_000);
        assertThat(device.silence(40).snapshot()).isEmpty();
        assertThat(device.silence(63).snapshot())
                .hasValueSatisfying(snapshot -> assertThat(snapshot.presence()).isEqualTo(OFFLINE));
    }

    @Test
    void a_replay_counts_its_points_once_and_says_nothing_of_presence() {
        device.say(12, 1);
        device.status(13, false);
        var replay = new Replay(DEVICE, NOON + 3600_000, NOON + 2000, List.of(point(2, 5)));

        var first = device.state.apply(replay);
        var second = device.state.apply(replay);

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
        var outcome = device.state.apply(new Replay(DEVICE, NOON + 3600_000, NOON + 1000, List.of(point(0, 1))));

        assertThat(outcome.presence()).isEqualTo(OFFLINE);
        assertThat(outcome.snapshot()).hasValueSatisfying(snapshot -> {
            assertThat(snapshot.firstSeenMillis()).isEqualTo(NOON + 1000);
            assertThat(snapshot.lastArrivalMillis()).isEqualTo(NOON + 1000);
        });
        assertThat(device.silence(3616).rollups())
                .as("every window it is in closes")
                .hasSize(3);
    }
}
