package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final double FLOOR = 0.01;

    private final Random random = new Random(7);
    private final Places places = new Places();
    private double from;

    @Test
    void a_place_left_is_known_after_many_points_or_three_visits() {
        stay(65, 300);
        stay(0, 10);
        assertThat(places.isKnown(65, FLOOR)).isTrue();

        stay(65, 10);
        assertThat(places.isKnown(0, FLOOR)).as("one short visit").isFalse();
        stay(0, 10);
        stay(65, 10);
        stay(0, 10);
        stay(65, 10);
        assertThat(places.isKnown(0, FLOOR)).as("three of them").isTrue();
        assertThat(places.isKnown(30, FLOOR)).isFalse();
    }

    @Test
    void back_at_a_place_its_own_restlessness_counts_not_that_of_where_it_was() {
        stay(65, 300);
        for (int i = 0; i < 1000; i++) {
            places.add(0, i == 0 ? from : 0, FLOOR, i == 0);
        }
        from = 0;
        stay(65, 5);

        assertThat(places.isUsual(67.5, 65, FLOOR)).isTrue();
        assertThat(places.isUsual(80, 65, FLOOR)).isFalse();
    }

    private void stay(double level, int points) {
        for (int i = 0; i < points; i++) {
            places.add(level + random.nextGaussian(), i == 0 ? from : level, FLOOR, i == 0);
        }
        from = level;
    }
}
