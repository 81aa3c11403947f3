package io.telltale.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Presence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastHeardTest {
    private final LastHeard lastHeard = new LastHeard();

    @Test
    void a_device_that_was_live_when_the_server_went_down_is_unsettled_however_long_it_was_down() {
        lastHeard.see(heard("meter-1", Duration.ofHours(40)));
        lastHeard.see(heard("meter-2", Duration.ofHours(39)));

        assertThat(lastHeard.unsettled(Duration.ofHours(1)))
                .containsExactlyInAnyOrder(new DeviceId("meter-1"), new DeviceId("meter-2"));
    }

    @Test
    void a_device_that_had_been_silent_for_longer_than_a_day_and_the_widest_window_is_settled() {
        lastHeard.see(heard("meter-1", Duration.ofHours(0)));
        lastHeard.see(heard("meter-2", Duration.ofHours(26)));

        assertThat(lastHeard.unsettled(Duration.ofHours(1))).containsExactly(new DeviceId("meter-2"));
    }

    @Test
    void an_empty_store_has_nobody_to_wake() {
        assertThat(lastHeard.unsettled(Duration.ofHours(1))).isEmpty();
    }

    private static DeviceSnapshot heard(String device, Duration at) {
        return new DeviceSnapshot(new DeviceId(device), Presence.ONLINE, 0, at.toMillis(), 0, List.of(), new byte[0]);
    }
}
