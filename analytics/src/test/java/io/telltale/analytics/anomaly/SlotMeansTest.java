package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotMeansTest {
    private final Random random = new Random(5);
    private final SlotMeans means = new SlotMeans();

    @Test
    void small_differences_far_from_zero_are_kept() {
        for (int round = 0; round < 20; round++) {
            double[] set = setAll(1e9, 0.01);

            for (int slot = 0; slot < set.length; slot++) {
                assertThat(means.mean(slot)).isCloseTo(set[slot], offset(0.01 / 2_000));
            }
        }
    }

    @Test
    void a_wild_mean_makes_the_others_coarse_only_as_long_as_it_lasts() {
        setAll(20, 1);
        means.set(7, 1e20);
        assertThat(means.mean(7)).isCloseTo(1e20, offset(1e16));

        for (int round = 0; round < 100; round++) {
            setAll(20, 1);
        }
        double[] set = setAll(20, 1);

        for (int slot = 0; slot < set.length; slot++) {
            assertThat(means.mean(slot)).isCloseTo(set[slot], offset(1 / 2_000.0));
        }
    }

    @Test
    void visits_are_counted_to_seven() {
        for (int i = 0; i < 10; i++) {
            means.visit(47);
            assertThat(means.visits(47)).isEqualTo(Math.min(7, i + 1));
            assertThat(means.visits(46)).isZero();
        }
    }

    private double[] setAll(double level, double spread) {
        double[] set = new double[DailySeason.SLOTS];
        for (int slot = 0; slot < set.length; slot++) {
            set[slot] = level + spread * (random.nextDouble() - 0.5);
            means.set(slot, set[slot]);
        }
        return set;
    }
}
