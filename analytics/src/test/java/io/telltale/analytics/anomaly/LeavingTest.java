package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LeavingTest {
    private static final double FLOOR = 1e-9;

    private final Random random = new Random(7);
    private final Leaving leaving = new Leaving();

    @Test
    void noise_and_a_cycle_stay() {
        double most = 0;
        for (int i = 0; i < 100_000; i++) {
            leaving.add(20 + 5 * Math.sin(i / 600.0) + random.nextGaussian(), FLOOR);
            most = Math.max(most, i > 5000 ? leaving.sum() : 0);
        }

        assertThat(most).isLessThan(25);
    }

    @Test
    void a_slow_drift_sums_up_though_none_of_its_points_is_odd() {
        for (int i = 0; i < 1000; i++) {
            leaving.add(20 + random.nextGaussian(), FLOOR);
        }
        for (int i = 0; i < 120; i++) {
            leaving.add(20 + 0.06 * i + random.nextGaussian(), FLOOR);
        }

        assertThat(leaving.sum()).isGreaterThan(52);
    }

    @Test
    void after_a_leap_it_starts_anew() {
        for (int i = 0; i < 1000; i++) {
            leaving.add(20 + random.nextGaussian(), FLOOR);
        }
        leaving.restart();
        for (int i = 0; i < 300; i++) {
            leaving.add(60 + random.nextGaussian(), FLOOR);
        }

        assertThat(leaving.sum()).isLessThan(20);
    }
}
