package io.telltale.devices.state;

import static io.telltale.analytics.model.Presence.OFFLINE;
import static io.telltale.analytics.model.Presence.ONLINE;
import static io.telltale.analytics.model.Presence.STALE;
import static io.telltale.devices.state.TestDevice.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicePresenceTest {
    private final TestDevice device = new TestDevice();

    @Test
    void a_silent_device_closes_its_windows_and_goes_stale_then_offline() {
        device.say(1, 1);

        assertThat(device.silence(20).rollups()).as("inside the grace").isEmpty();
        assertThat(device.silence(26).rollups()).hasSize(1);
        assertThat(device.silence(119).presence()).isEqualTo(ONLINE);
        assertThat(device.silence(121).presence()).isEqualTo(STALE);
        assertThat(device.silence(601).presence()).isEqualTo(OFFLINE);
        assertThat(device.say(602, 1).presence()).isEqualTo(ONLINE);
    }

    @Test
    void a_last_will_puts_the_device_offline_at_once_and_tells_the_store() {
        device.say(1, 1);

        var outcome = device.status(2, false);

        assertThat(outcome.presence()).isEqualTo(OFFLINE);
        assertThat(outcome.snapshot()).isPresent();
    }

    @Test
    void a_sign_of_life_without_points_does_not_hold_windows_open() {
        device.say(1, 1);
        for (int second = 5; second < 25; second += 5) {
            device.say(second, List.of());
        }

        assertThat(device.state.dueMillis()).isEqualTo(NOON + 25_000);
        assertThat(device.silence(25).rollups()).hasSize(1);
    }

    @Test
    void the_due_time_is_never_after_something_happens() {
        device.say(1, 1);
        var happened = new ArrayList<Long>();
        for (long second = 2; second < 4000; second++) {
            boolean due = device.state.dueMillis() <= NOON + second * 1000;
            if (due) {
                var outcome = device.silence(second);
                device.state.confirm(outcome.confirmation());
                if (!outcome.rollups().isEmpty()) {
                    happened.add(second);
                }
            }
        }

        assertThat(happened).containsExactly(25L, 75L, 3615L);
        assertThat(device.state.isPassive(NOON + 4000_000)).isTrue();
    }

    @Test
    void an_idle_device_with_an_open_window_is_asked_when_it_closes_not_before() {
        device.say(1, 1);
        int asked = 0;
        for (long second = 2; second < 7200 && !device.state.isPassive(NOON + second * 1000); second++) {
            if (device.state.dueMillis() <= NOON + second * 1000) {
                device.state.confirm(device.silence(second).confirmation());
                asked++;
            }
        }

        assertThat(device.state.isPassive(NOON + 7200_000)).isTrue();
        assertThat(asked).isLessThan(12);
    }
}
