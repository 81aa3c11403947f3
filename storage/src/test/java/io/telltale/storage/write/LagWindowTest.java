package io.telltale.storage.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagWindowTest {
    private static final long NOW = 1_750_000_000_000L;

    private final LagWindow window = new LagWindow();

    @Test
    void without_outcomes_there_is_no_lag() {
        assertThat(window.quantileMillis(NOW, 0.99)).isZero();
    }

    @Test
    void a_quantile_is_right_to_one_part_in_eight() {
        for (int lag = 1; lag <= 1000; lag++) {
            window.add(NOW, lag, 1);
        }

        assertThat(window.quantileMillis(NOW, 0.5)).isBetween(500L, 563L);
        assertThat(window.quantileMillis(NOW, 0.99)).isBetween(990L, 1114L);
        assertThat(window.quantileMillis(NOW, 0.005)).isEqualTo(5);
    }

    @Test
    void what_is_older_than_ten_seconds_is_forgotten() {
        window.add(NOW, 5000, 1000);
        window.add(NOW + 9_000, 7, 1);

        assertThat(window.quantileMillis(NOW + 9_000, 0.5)).isGreaterThanOrEqualTo(5000);
        assertThat(window.quantileMillis(NOW + 10_000, 0.5)).isEqualTo(7);
        assertThat(window.quantileMillis(NOW + 20_000, 0.5)).isZero();
    }

    @Test
    void lags_beyond_all_measure_are_kept_at_the_edges() {
        window.add(NOW, -5, 1);
        assertThat(window.quantileMillis(NOW, 1)).isZero();

        window.add(NOW, Long.MAX_VALUE, 1);
        assertThat(window.quantileMillis(NOW, 1)).isPositive();
    }
}
