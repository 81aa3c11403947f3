package io.telltale.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SweepPauseTest {
    private final AtomicBoolean held = new AtomicBoolean();
    private final SweepPause pause = new SweepPause(held::get, 30_000);

    @Test
    void silence_is_judged_from_the_start() {
        assertThat(pause.lasts(1_000_000)).isFalse();
        assertThat(pause.lasts(1_001_000)).isFalse();
    }

    @Test
    void after_the_store_was_behind_devices_get_time_to_speak() {
        held.set(true);
        assertThat(pause.lasts(0)).isTrue();
        held.set(false);

        assertThat(pause.lasts(15_000)).isTrue();
        assertThat(pause.lasts(30_000)).isTrue();
        assertThat(pause.lasts(30_001)).isFalse();
    }

    @Test
    void a_sweep_that_stood_still_with_its_line_knows_that_it_heard_nobody() {
        assertThat(pause.lasts(0)).isFalse();

        assertThat(pause.lasts(300_000)).isTrue();
        assertThat(pause.lasts(329_000)).isTrue();
        assertThat(pause.lasts(331_000)).isFalse();
    }
}
