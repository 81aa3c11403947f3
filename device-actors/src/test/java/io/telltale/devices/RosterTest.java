package io.telltale.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Silence;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final DeviceId DEVICE = new DeviceId("meter-1");

    private final Roster roster = new Roster(Duration.ofSeconds(60));

    @Test
    void a_device_is_handed_out_once_it_is_due() {
        roster.enter(DEVICE).due(1000);

        assertThat(roster.due(999)).isEmpty();
        assertThat(roster.due(1000)).containsExactly(new Silence(DEVICE, 1000));
        assertThat(roster.due(1001)).as("its answer is under way").isEmpty();
    }

    @Test
    void a_device_whose_answer_was_lost_is_asked_again() {
        roster.enter(DEVICE).due(1000);
        assertThat(roster.due(1000)).hasSize(1);

        assertThat(roster.due(60_999)).isEmpty();
        assertThat(roster.due(61_000)).hasSize(1);
    }

    @Test
    void what_is_not_fetched_stays_due() {
        for (int i = 0; i < 10; i++) {
            roster.enter(new DeviceId("meter-" + i)).due(1000);
        }
        var some = roster.due(1000).iterator();
        for (int i = 0; i < 3; i++) {
            some.next();
        }

        assertThat(roster.due(1000)).hasSizeBetween(6, 7); // an iterator may have looked one ahead
    }

    @Test
    void a_successor_that_entered_already_stays_when_the_old_one_leaves() {
        var old = roster.enter(DEVICE);
        roster.enter(DEVICE);

        roster.leave(DEVICE, old);

        assertThat(roster.size()).isEqualTo(1);
    }

    @Test
    void a_woken_device_is_asked_until_it_answers() {
        roster.wake(DEVICE, 1000);
        assertThat(roster.due(999)).isEmpty();
        assertThat(roster.size()).as("it has no actor here").isZero();

        assertThat(roster.due(1000)).extracting(Inbound.ForDevice.class::cast).hasSize(1);
        assertThat(roster.due(61_000)).hasSize(1);
        roster.awake(DEVICE);

        assertThat(roster.due(Long.MAX_VALUE / 2)).isEmpty();
    }

    @Test
    void a_device_that_gets_an_actor_by_itself_need_not_be_woken() {
        roster.wake(DEVICE, 1000);

        roster.enter(DEVICE);

        assertThat(roster.due(2000)).isEmpty();
        assertThat(roster.asleep()).isZero();
    }
}
