package io.telltale.analytics.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NabScoreTest {
    private static final Span SPAN = new Span(100, 119);

    @Test
    void silence_scores_nothing() {
        assertThat(NabScore.at(0.5, alarmsAt(), NabProfile.STANDARD).score()).isZero();
    }

    @Test
    void an_alarm_on_the_first_row_of_every_window_scores_a_hundred() {
        var score = NabScore.at(0.5, alarmsAt(100, 110, 119), NabProfile.STANDARD);

        assertThat(score.score()).isCloseTo(100, within(1e-9));
        assertThat(score.hits()).isEqualTo(1);
        assertThat(score.falseRows()).isZero();
    }

    @Test
    void a_late_alarm_gains_less() {
        assertThat(NabScore.at(0.5, alarmsAt(119), NabProfile.STANDARD).score()).isBetween(50.0, 65.0);
    }

    @Test
    void every_false_row_costs_and_less_right_behind_a_window() {
        double before = NabScore.at(0.5, alarmsAt(60, 61), NabProfile.STANDARD).score();
        double behind = NabScore.at(0.5, alarmsAt(121), NabProfile.STANDARD).score();

        assertThat(before).isCloseTo(-100 * 2 * 0.11 / 2, within(1e-9));
        assertThat(behind).isBetween(-100 * 0.11 / 2, 0.0);
    }

    @Test
    void rows_on_probation_count_neither_way() {
        assertThat(NabScore.at(0.5, alarmsAt(3), NabProfile.STANDARD).falseRows())
                .isZero();
    }

    @Test
    void the_best_threshold_is_the_highest_of_equal_ones() {
        var scores = new double[200];
        scores[100] = 0.9;
        scores[105] = 0.8;
        scores[70] = 0.1;

        var best = NabScore.best(List.of(new Judged(scores, List.of(SPAN), 30)), NabProfile.STANDARD);

        assertThat(best.threshold()).isEqualTo(0.9);
        assertThat(best.score()).isCloseTo(100, within(1e-9));
    }

    @Test
    void a_detector_that_is_only_wrong_had_better_be_silent() {
        var scores = new double[200];
        scores[70] = 0.9;

        var best = NabScore.best(List.of(new Judged(scores, List.of(SPAN), 30)), NabProfile.LOW_FALSE_POSITIVES);

        assertThat(best.threshold()).isEqualTo(NabScore.NEVER);
        assertThat(best.score()).isZero();
    }

    private static List<Judged> alarmsAt(int... rows) {
        var scores = new double[200];
        Arrays.stream(rows).forEach(row -> scores[row] = 1);
        return List.of(new Judged(scores, List.of(SPAN), NabScore.probation(200)));
    }
}
