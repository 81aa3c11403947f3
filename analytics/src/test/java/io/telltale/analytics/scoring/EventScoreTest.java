package io.telltale.analytics.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventScoreTest {
    private static final Span SPAN = new Span(100, 130);

    @Test
    void an_alarm_within_seven_rows_finds_the_event() {
        assertThat(score(107)).isEqualTo(new EventScore(0.5, 1, 0, 0));
        assertThat(score(107).f1()).isEqualTo(1);
    }

    @Test
    void a_later_alarm_does_not_and_is_not_false_either() {
        assertThat(score(108, 130, 137)).isEqualTo(new EventScore(0.5, 0, 0, 1));
    }

    @Test
    void an_alarm_that_never_clears_is_many_false_alerts() {
        assertThat(score(50, 51, 57, 58, 138)).isEqualTo(new EventScore(0.5, 0, 3, 1));
    }

    @Test
    void rows_before_the_first_that_counts_are_for_learning() {
        assertThat(score(3, 105)).isEqualTo(new EventScore(0.5, 1, 0, 0));
    }

    @Test
    void the_best_threshold_lets_no_false_alert_through_that_it_can_avoid() {
        var scores = new double[200];
        scores[100] = 0.9;
        scores[50] = 0.7;

        var best = EventScore.best(List.of(new Judged(scores, List.of(SPAN), 10)));

        assertThat(best).isEqualTo(new EventScore(0.9, 1, 0, 0));
    }

    private static EventScore score(int... rows) {
        var scores = new double[200];
        Arrays.stream(rows).forEach(row -> scores[row] = 1);
        return EventScore.at(0.5, List.of(new Judged(scores, List.of(SPAN), 10)));
    }
}
