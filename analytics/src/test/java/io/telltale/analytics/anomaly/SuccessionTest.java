package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SuccessionTest {
    private final Random random = new Random(3);
    private final Succession succession = new Succession();

    @Test
    void a_leap_between_ordinary_values_is_odd_where_values_go_step_by_step() {
        walk(4000);
        follow(0);

        assertThat(follow(7)).isGreaterThan(2);
    }

    @Test
    void the_same_leap_is_ordinary_where_values_leap_about() {
        for (int i = 0; i < 4000; i++) {
            follow(random.nextInt(8));
        }
        follow(0);

        assertThat(follow(7)).isLessThan(1.5);
    }

    @Test
    void a_leap_that_keeps_happening_is_soon_usual() {
        walk(2000);
        double last = 0;
        for (int i = 0; i < 300; i++) {
            follow(0);
            last = follow(7);
            follow(4);
        }

        assertThat(last).isLessThan(1);
    }

    @Test
    void what_was_written_goes_on_as_if_nothing_had_been() throws IOException {
        walk(1000);
        var bytes = new ByteArrayOutputStream();
        succession.write(new DataOutputStream(bytes));
        var copy = new Succession();
        copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        for (int i = 0; i < 1000; i++) {
            int eighth = random.nextInt(8);
            assertThat(copy.follow(eighth)).isEqualTo(follow(eighth));
        }
    }

    private void walk(int points) {
        int eighth = 3;
        for (int i = 0; i < points; i++) {
            eighth = Math.clamp(eighth + random.nextInt(3) - 1, 0, 7);
            follow(eighth);
        }
    }

    private double follow(int eighth) {
        return succession.follow(eighth);
    }
}
