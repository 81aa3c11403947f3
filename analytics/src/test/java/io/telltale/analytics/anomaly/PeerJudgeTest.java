package io.telltale.analytics.anomaly;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.SeriesKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Forty pumps of one network, whose load all of them follow; each is somewhat different from the others.
class PeerJudgeTest {
    private static final int PUMPS = 40;
    private static final int ODD = 7;
    private static final long START = 1_700_000_040_000L;
    private static final int DAY = 1440;

    private final Random random = new Random(5);
    private final PeerGroup group = new PeerGroup("pumps", Duration.ofMinutes(1));
    private final List<PeerJudge> judges = new ArrayList<>();
    private final double[] own = new double[PUMPS];
    private final List<Anomaly> found = new ArrayList<>();
    private double load = 50;
    private int minute;

    PeerJudgeTest() {
        for (int i = 0; i < PUMPS; i++) {
            var key = new SeriesKey(new DeviceId("pump-" + i), "pressure");
            var metric = new SeriesDetectors(key, Limits.NONE, Detection.USUAL);
            judges.add(new PeerJudge(metric, requireNonNull(group.of("pressure")), Detection.USUAL));
            own[i] = random.nextGaussian();
        }
    }

    @Test
    void one_that_leaves_the_others_is_told_in_fields_and_words() {
        run(DAY, PUMPS);
        assertThat(found).isEmpty();
        own[ODD] -= 8;

        run(30, PUMPS);

        assertThat(found).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo(Anomaly.Kind.PEERS);
            assertThat(anomaly.series().device().value()).isEqualTo("pump-" + ODD);
            assertThat(anomaly.observed()).isLessThan(anomaly.lower());
            assertThat(anomaly.evidence()).containsExactly("peers", "pumps");
            assertThat(anomaly.explanation()).contains("spreads below the").contains("of 40 pumps; usually it is");
            assertThat(anomaly.eventTimeMillis()).isBetween(START + DAY * 60_000L, START + (DAY + 10) * 60_000L);
        });
    }

    @Test
    void what_all_do_together_is_no_anomaly_of_any() {
        run(DAY, PUMPS);
        load += 30;

        run(60, PUMPS);

        assertThat(found).isEmpty();
    }

    @Test
    void who_has_always_been_different_is_not_told() {
        own[ODD] = 25;

        run(2 * DAY, PUMPS);

        assertThat(found).isEmpty();
    }

    @Test
    void a_few_are_no_peers() {
        run(DAY, 5);
        own[3] -= 20;

        run(30, 5);

        assertThat(found).isEmpty();
    }

    private void run(int minutes, int pumps) {
        for (int end = minute + minutes; minute < end; minute++) {
            load += 0.5 * random.nextGaussian();
            for (int i = 0; i < pumps; i++) {
                judges.get(i)
                        .add(
                                START + minute * 60_000L + i * 100L,
                                load + own[i] + 0.2 * random.nextGaussian(),
                                found::add);
            }
        }
    }
}
