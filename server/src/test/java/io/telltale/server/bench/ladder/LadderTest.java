package io.telltale.server.bench.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {
    @Test
    void rates_double_until_one_is_missed_and_then_close_in_on_the_highest_that_is_kept() {
        assertThat(climb(20_000, 320_000, 44_000))
                .containsExactly(20_000.0, 40_000.0, 80_000.0, 60_000.0, 50_000.0, 45_000.0, 42_500.0);
    }

    @Test
    void a_first_rate_that_is_missed_leads_down() {
        assertThat(climb(20_000, 320_000, 3_000))
                .startsWith(20_000.0, 10_000.0, 5_000.0, 2_500.0)
                .endsWith(3_000.0);
    }

    @Test
    void nothing_beyond_the_highest_is_tried() {
        assertThat(climb(20_000, 50_000, 1_000_000)).containsExactly(20_000.0, 40_000.0, 50_000.0);
        assertThat(climb(500, 500, 1_000_000)).containsExactly(500.0);
    }

    @Test
    void who_keeps_nothing_is_not_asked_for_ever() {
        assertThat(climb(20_000, 320_000, 0)).hasSizeLessThan(10);
    }

    /// The rates asked of somebody who keeps up with `limit`.
    private static List<Double> climb(double first, double highest, double limit) {
        var ladder = new Ladder(first, highest, 0.1);
        var asked = new ArrayList<Double>();
        for (var rate = ladder.next(); rate.isPresent(); rate = ladder.next()) {
            asked.add(rate.getAsDouble());
            ladder.climbed(rate.getAsDouble(), rate.getAsDouble() <= limit);
        }
        return asked;
    }
}
