package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeriesScorerTest {
    private static final long START = 1_700_000_000_000L;
    private static final int MINUTE = 60_000;
    private static final int DAY_MINUTES = 1440;

    private final Random random = new Random(7);
    private final SeriesScorer scorer = new SeriesScorer();
    private long now = START;

    @Test
    void a_constant_is_never_odd_and_its_state_is_small() throws IOException {
        assertThat(highest(20_000, _ -> 42)).isZero();
        assertThat(highest(20_000, _ -> 0)).isLessThan(1);
        var constant = new SeriesScorer();
        for (int i = 0; i < 20_000; i++) {
            constant.score(START + i * 1000L, 42);
        }
        assertThat(bytes(constant).length).isLessThan(1200);
    }

    @Test
    void a_spike_stands_out_of_noise() {
        highest(2000, this::noise);

        double spike = next(60);

        assertThat(spike).isGreaterThan(0.9999);
        assertThat(scorer.expected()).isBetween(18.0, 22.0);
        assertThat(scorer.halfBand(3)).isBetween(1.0, 4.0);
    }

    @Test
    void an_event_speaks_once_and_a_greater_one_is_heard() {
        highest(2000, this::noise);
        next(24);

        assertThat(next(24)).isLessThan(0.99);
        assertThat(next(600)).isGreaterThan(0.9999);
    }

    @Test
    void a_mild_excess_that_lasts_is_heard_after_greater_spikes() {
        highest(3000, i -> noise(i) + (i % 700 < 3 ? 40 : 0));

        double loudest = highest(150, i -> noise(i) + 2);

        assertThat(loudest).isGreaterThan(0.999);
        assertThat(said(Evidence.BIAS)).isPositive();
        assertThat(said(Evidence.OFFSET)).isPositive();
        assertThat(said(Evidence.SHAPE)).isPositive();
        assertThat(said(Evidence.LEVEL)).isZero();
    }

    @Test
    void what_has_lasted_before_is_still_odd_when_it_comes_again() {
        highest(5000, this::noise);
        for (int time = 0; time < 5; time++) {
            assertThat(highest(150, i -> noise(i) + 2)).isGreaterThan(0.998);
            highest(3000, this::noise);
        }
    }

    @Test
    void a_change_that_stays_is_soon_usual() {
        highest(3000, this::noise);
        highest(2000, i -> noise(i) + 5);

        assertThat(highest(2000, i -> noise(i) + 5)).isLessThan(0.9999);
    }

    @Test
    void a_lasting_state_does_not_hide_a_spike() {
        highest(3000, this::noise);
        highest(30, i -> noise(i) + 4);

        assertThat(next(60)).isGreaterThan(0.9999);
    }

    @Test
    void few_points_of_noise_score_high_whatever_its_distribution() {
        int high = 0;
        for (int i = 0; i < 100_000; i++) {
            double heavy = random.nextGaussian() / (0.3 + random.nextDouble());
            high += next(i % 2 == 0 ? heavy : Math.exp(random.nextGaussian())) > 0.999 ? 1 : 0;
        }

        assertThat(high).isLessThan(300);
    }

    @Test
    void missing_repeated_and_backward_times_each_get_a_score() {
        highest(500, this::noise);

        assertThat(next(Double.NaN)).isZero();
        now -= 10 * MINUTE;
        assertThat(next(20)).isBetween(0.0, 1.0);
        now -= MINUTE;
        assertThat(next(20)).isBetween(0.0, 1.0);
    }

    @Test
    void no_value_blinds_it_for_good() {
        highest(500, this::noise);
        for (double wild : new double[] {Double.POSITIVE_INFINITY, -Double.MAX_VALUE, Double.MIN_VALUE, 0, 1e300}) {
            assertThat(next(wild)).isBetween(0.0, 1.0);
        }
        for (int i = 0; i < 5000; i++) {
            assertThat(next(noise(i))).isBetween(0.0, 1.0);
        }
    }

    @Test
    void memory_survives_being_written_and_read() throws IOException {
        highest(3000, i -> noise(i) + i % DAY_MINUTES / 100.0);
        var copy = new SeriesScorer();
        byte[] state = bytes(scorer);
        assertThat(copy.read(new DataInputStream(new ByteArrayInputStream(state))))
                .isTrue();
        assertThat(state.length).isLessThan(4096);

        int differing = 0;
        for (int i = 0; i < 500; i++) {
            double value = i == 250 ? 70 : noise(i);
            double difference = copy.score(now + MINUTE, value) - next(value);
            differing += Math.abs(difference) > 0.01 ? 1 : 0;
        }
        assertThat(differing).isLessThan(5);
    }

    private double said(Evidence evidence) {
        return scorer.said()[List.of(Evidence.values()).indexOf(evidence)];
    }

    private double noise(int ignored) {
        return 20 + 0.5 * random.nextGaussian();
    }

    private double highest(int points, IntToDoubleFunction values) {
        double highest = 0;
        for (int i = 0; i < points; i++) {
            highest = Math.max(highest, next(values.applyAsDouble(i)));
        }
        return highest;
    }

    private double next(double value) {
        now += MINUTE;
        return scorer.score(now, value);
    }

    private static byte[] bytes(SeriesScorer scorer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        scorer.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
