package io.telltale.storage.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    @Test
    void the_tail_reaches_back_over_the_lateness_and_two_windows_of_the_second_width() {
        var recovery =
                recovery(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofMinutes(1));

        assertThat(recovery.tailFromMillis(600_000)).isEqualTo(420_000);
        assertThat(recovery.tailFromMillis(629_999)).isEqualTo(420_000);
        assertThat(recovery.tailFromMillis(630_000)).isEqualTo(480_000);
        assertThat(recovery.rollupsFromMillis(480_000)).isEqualTo(300_000);
    }

    @Test
    void a_single_width_serves_for_both() {
        var recovery = recovery(Duration.ZERO, Duration.ofSeconds(10));

        assertThat(recovery.tailFromMillis(100_000)).isEqualTo(80_000);
        assertThat(recovery.rollupsFromMillis(80_000)).isEqualTo(80_000);
    }

    @Test
    void without_a_width_there_is_nothing_to_recover() {
        assertThatThrownBy(() -> recovery(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("widths");
    }

    private static Recovery recovery(Duration allowedLateness, Duration... widths) {
        return new Recovery(List.of(widths), allowedLateness, Duration.ofSeconds(15), Duration.ofMinutes(1));
    }
}
