package io.telltale.server.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageLogTest {
    private final PageLog log = new PageLog();

    @Test
    void all_is_well_after_the_last_second_with_an_old_point() {
        log.age(9_500, 90_000);
        log.age(10_200, 400);
        log.age(12_100, 5_000);
        log.age(12_900, 100);
        log.age(13_100, 999);

        assertThat(log.secondsUntilYounger(1000, 10_000)).isEqualTo(3);
        assertThat(log.secondsUntilYounger(5_000, 10_000)).isZero();
    }

    @Test
    void what_was_before_or_after_does_not_count() {
        log.overview(1_000, 5_000, 7, true);
        log.overview(11_000, 100, 1, false);
        log.overview(12_000, 960, 2, true);
        log.overview(13_000, 0, 9, false);

        assertThat(log.secondsUntilBehind(10_000)).isEqualTo(2);
        assertThat(log.secondsUntilRate(1000, 10_000)).isEqualTo(2);
        assertThat(log.mostNotOnline(10_000, 13_000)).isEqualTo(2);
    }

    @Test
    void what_never_came_took_for_ever() {
        assertThat(log.secondsUntilBehind(0)).isInfinite();
        assertThat(log.secondsUntilRate(1, 0)).isInfinite();
        assertThat(log.mostNotOnline(0, 1_000)).isZero();
    }
}
