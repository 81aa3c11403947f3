package io.telltale.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

class SlidingTotalTest {
    private static final long HOUR_MILLIS = 3_600_000;

    private final SlidingTotal total = new SlidingTotal(1000, 10);

    @Test
    void nothing_has_grown_before_anything_was_seen() {
        assertThat(total.perSecond()).isZero();
        assertThat(total.growth(7)).isEqualTo(7);
    }

    @Test
    void what_is_older_than_the_window_does_not_count() {
        for (int second = 0; second <= 60; second++) {
            total.sample(second * 1000L, second < 40 ? 5L * second : 200);
        }

        assertThat(total.perSecond()).isZero();
        assertThat(total.growth(203)).isEqualTo(3);
    }

    @Test
    void samples_within_a_step_are_one() {
        total.sample(0, 0);
        total.sample(400, 1_000_000);
        total.sample(2000, 10);

        assertThat(total.perSecond()).isEqualTo(5);
    }

    @Test
    void a_clock_set_back_neither_stops_the_rate_nor_forgets_what_has_grown() {
        for (int second = 0; second < 5; second++) {
            total.sample(HOUR_MILLIS + second * 1000L, 10L * second);
        }
        for (int second = 5; second < 10; second++) {
            total.sample(second * 1000L, 10L * second);
        }

        assertThat(total.perSecond()).isCloseTo(10, withPercentage(15));
        assertThat(total.growth(90)).isEqualTo(90);
    }
}
