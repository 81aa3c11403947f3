package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private final Random random = new Random(5);
    private final Shape shape = new Shape();

    @Test
    void values_from_the_middle_alone_are_odd_though_each_is_ordinary() {
        oddest(4000, random::nextDouble);

        assertThat(oddest(200, () -> 0.45 + 0.1 * random.nextDouble())).isGreaterThan(3);
    }

    @Test
    void the_same_values_at_another_scale_are_as_ordinary() {
        assertThat(oddest(4000, () -> 1e9 * random.nextDouble())).isLessThan(4);
        assertThat(oddest(2000, () -> 1e9 * random.nextDouble())).isLessThan(2.5);
    }

    private double oddest(int points, DoubleSupplier values) {
        double oddest = 0;
        for (int i = 0; i < points; i++) {
            oddest = Math.max(oddest, shape.add(values.getAsDouble(), true));
        }
        return oddest;
    }
}
