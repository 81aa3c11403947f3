package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StillnessTest {
    private final Stillness stillness = new Stillness();

    @Test
    void a_value_that_stands_longer_than_usual_is_odd() {
        var random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            assertThat(stillness.add(random.nextInt(4))).isLessThan(2);
        }

        assertThat(longest(60)).isGreaterThan(2.5);
    }

    @Test
    void what_never_moved_is_not_odd_for_standing_still() {
        assertThat(longest(5000)).isZero();
    }

    private double longest(int points) {
        double longest = 0;
        for (int i = 0; i < points; i++) {
            longest = Math.max(longest, stillness.add(1.5));
        }
        return longest;
    }
}
