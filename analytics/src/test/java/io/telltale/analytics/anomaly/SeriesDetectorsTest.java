package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.Anomaly.Kind;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.SeriesKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesDetectorsTest {
    private static final SeriesKey SERIES = new SeriesKey(new DeviceId("pump-1"), "pressure");
    private static final long START = 1_700_000_000_000L;

    private final List<Anomaly> found = new ArrayList<>();
    private final Random random = new Random(7);
    private SeriesDetectors detectors = new SeriesDetectors(SERIES, Limits.NONE, Detection.USUAL);
    private long now = START;

    @Test
    void noise_alone_is_no_anomaly() {
        for (int i = 0; i < 50_000; i++) {
            next(20 + random.nextGaussian());
        }

        assertThat(found).isEmpty();
    }

    @Test
    void a_day_of_a_slow_cycle_is_no_anomaly() {
        for (int i = 0; i < 86_400; i++) {
            next(20 + 8 * Math.sin(2 * Math.PI * i / 86_400) + 0.2 * random.nextGaussian());
        }

        assertThat(found).isEmpty();
    }

    @Test
    void a_spike_is_found_once_and_explained() {
        noise(200);
        next(60);
        next(61);
        noise(50);

        assertThat(found).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo(Kind.SPIKE);
            assertThat(anomaly.observed()).isEqualTo(60);
            assertThat(anomaly.expected()).isBetween(19.0, 21.0);
            assertThat(anomaly.upper()).isLessThan(60);
            assertThat(anomaly.score()).isBetween(0.5, 1.0);
            assertThat(anomaly.explanation()).startsWith("60").contains("sigma");
        });
    }

    @Test
    void a_switch_that_goes_for_the_first_time_after_a_day_is_told_plainly_and_then_no_more() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 90_000; i++) {
                next(0);
            }
            for (int i = 0; i < 3; i++) {
                next(1);
            }
        }

        assertThat(found).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo(Kind.SPIKE);
            assertThat(anomaly.explanation()).isEqualTo("1.000 for the first time, after 1.0 days of 0.000");
        });
    }

    @Test
    void a_machine_that_runs_and_rests_is_no_anomaly_once_both_are_known() {
        for (int i = 0; i < 20_000; i++) {
            next(i / 400 % 2 == 0 ? 65 + random.nextGaussian() : 0.5 + 0.1 * random.nextGaussian());
        }

        assertThat(found).hasSizeLessThanOrEqualTo(2);
        assertThat(found).allMatch(anomaly -> anomaly.eventTimeMillis() < START + 1_000_000);
    }

    @Test
    void a_coarse_sensor_that_takes_its_next_step_is_no_anomaly() {
        for (int i = 0; i < 20_000; i++) {
            int steps = i / 1000;
            next(60 - steps / 10.0);
        }

        assertThat(found).isEmpty();
    }

    @Test
    void a_level_that_has_moved_is_found_once() {
        noise(2000);
        for (int i = 0; i < 1000; i++) {
            next(25 + 0.5 * random.nextGaussian());
        }

        assertThat(found).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isIn(Kind.SPIKE, Kind.LEVEL_SHIFT);
            assertThat(anomaly.eventTimeMillis()).isLessThan(START + 2_010_000);
        });
    }

    @Test
    void values_that_scatter_wildly_are_found_once() {
        noise(2000);
        for (int i = 0; i < 100; i++) {
            next(20 + 2.5 * random.nextGaussian());
        }
        noise(500);

        assertThat(found).hasSize(1);
    }

    @Test
    void a_level_that_creeps_away_and_leaps_back_is_found() {
        noise(2000);
        for (int i = 0; i < 150; i++) {
            next(20 + 0.05 * i + 0.5 * random.nextGaussian());
        }
        noise(10);

        assertThat(found).isNotEmpty();
    }

    @Test
    void a_sensor_that_repeats_itself_is_found_once_if_it_used_to_vary() {
        noise(100);
        for (int i = 0; i < 500; i++) {
            next(20.25);
        }

        assertThat(found).extracting(Anomaly::kind).containsExactly(Kind.STUCK);
    }

    @Test
    void a_sensor_that_was_stuck_is_heard_when_it_sticks_again() {
        for (int time = 0; time < 3; time++) {
            noise(2000);
            for (int i = 0; i < 60; i++) {
                next(20.1);
            }
        }
        noise(10);

        assertThat(found).hasSize(3).allMatch(anomaly -> anomaly.kind() == Kind.STUCK);
    }

    @Test
    void a_sensor_that_rests_often_is_soon_told_no_more() {
        for (int time = 0; time < 20; time++) {
            noise(300);
            for (int i = 0; i < 60; i++) {
                next(20.1);
            }
        }
        noise(10);

        assertThat(found).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void a_switch_that_is_off_for_long_is_not_stuck() {
        for (int i = 0; i < 5000; i++) {
            next(i / 300 % 2);
        }

        assertThat(found).extracting(Anomaly::kind).doesNotContain(Kind.STUCK);
    }

    @Test
    void silence_is_found_when_it_lasts_and_only_once() {
        noise(100);
        long last = now;
        assertThat(detectors.silentFromMillis())
                .as("on our clock, the line may be slow")
                .isEqualTo(last + 30_000);
        detectors.silence(last + 29_999, found::add);
        assertThat(found).isEmpty();

        detectors.silence(last + 30_000, found::add);
        detectors.silence(last + 60_000, found::add);
        now = last + 90_000;
        next(20);

        assertThat(found).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo(Kind.GAP);
            assertThat(anomaly.eventTimeMillis()).isEqualTo(last + 10_000);
        });
    }

    @Test
    void a_limit_and_a_rate_that_are_set_are_watched() {
        detectors = new SeriesDetectors(SERIES, new Limits(0, 100, 5), Detection.USUAL);
        next(10);
        next(20);
        next(19);
        next(101);

        assertThat(found)
                .extracting(Anomaly::kind)
                .containsExactly(Kind.RATE_OF_CHANGE, Kind.LIMIT, Kind.RATE_OF_CHANGE);
    }

    @Test
    void a_point_out_of_order_is_passed_over() {
        noise(100);
        detectors.add(START, 1e9, found::add);

        assertThat(found).isEmpty();
    }

    @Test
    void memory_survives_being_written_and_read() throws IOException {
        noise(700);
        var bytes = new ByteArrayOutputStream();
        detectors.write(new DataOutputStream(bytes));
        detectors = new SeriesDetectors(SERIES, Limits.NONE, Detection.USUAL);
        assertThat(detectors.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isTrue();

        next(60);

        assertThat(found).extracting(Anomaly::kind).containsExactly(Kind.SPIKE);
        assertThat(bytes.size()).isLessThan(4096);
    }

    private void noise(int points) {
        for (int i = 0; i < points; i++) {
            next(20 + 0.5 * random.nextGaussian());
        }
    }

    private void next(double value) {
        now += 1000;
        detectors.add(now, value, found::add);
    }
}
