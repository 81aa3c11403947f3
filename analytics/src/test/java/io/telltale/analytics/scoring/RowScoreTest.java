package io.telltale.analytics.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowScoreTest {
    private static final Span SPAN = new Span(100, 130);

    @Test
    void an_event_found_in_time_counts_with_all_its_rows() {
        assertThat(score(107)).isEqualTo(new RowScore(0.5, 31, 0, 0));
        assertThat(score(107).f1()).isEqualTo(1);
    }

    @Test
    void an_event_found_late_is_missed_with_all_its_rows() {
        assertThat(score(108, 130)).isEqualTo(new RowScore(0.5, 0, 0, 31));
    }

    @Test
    void every_alarm_row_outside_is_false_but_for_those_before_the_first_that_counts() {
        assertThat(score(3, 50, 51, 105, 131)).isEqualTo(new RowScore(0.5, 31, 3, 0));
    }

    private static RowScore score(int... rows) {
        var scores = new double[200];
        Arrays.stream(rows).forEach(row -> scores[row] = 1);
        return RowScore.at(0.5, List.of(new Judged(scores, List.of(SPAN), 10)));
    }
}
