package io.telltale.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SweepPauseTest {
    private static final long START = 1_000_000;

    private final AtomicBoolean held = new AtomicBoolean();
    private final SweepPause pause = new SweepPause(held::get, 30_000, START);

    @Test
    void devices_get_time_to_speak_after_a_start() {
        assertThat(pause.lasts(START)).isTrue();
        assertThat(pause.lasts(START + 30_000)).isTrue();
        assertThat(pause.lasts(START + 30_001)).isFalse();
    }

    @Test
    void devices_get_time_to_speak_after_we_did_not_listen() {
        held.set(true);
        assertThat(pause.lasts(START + 30_000)).isTrue();
        held.set(false);

        assertThat(pause.lasts(START + 60_000)).isTrue();
        assertThat(pause.lasts(START + 60_001)).isFalse();
    }

    @Test
    void a_sweep_that_stood_still_with_its_line_knows_that_it_heard_nobody() {
        assertThat(pause.lasts(START + 20_000)).isTrue();
        assertThat(pause.lasts(START + 40_000)).isFalse();

        assertThat(pause.lasts(START + 340_000)).isTrue();
        assertThat(pause.lasts(START + 369_000)).isTrue();
        assertThat(pause.lasts(START + 371_000)).isFalse();
    }
}
