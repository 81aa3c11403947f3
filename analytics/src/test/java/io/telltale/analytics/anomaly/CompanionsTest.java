package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.Anomaly;
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

/// A pump whose flow follows its speed, which wanders, and a temperature that has nothing to do with either.
class CompanionsTest {
    private static final int LEARNING = 10_000;
    private static final long START = 1_700_000_000_000L;

    private final Random random = new Random(11);
    private final SeriesDetectors speed = detectors("speed");
    private final SeriesDetectors flow = detectors("flow");
    private final SeriesDetectors temperature = detectors("temperature");
    private final List<Anomaly> alone = new ArrayList<>();
    private final List<Anomaly> joint = new ArrayList<>();

    private Companions companions = new Companions();
    private double course;
    private double otherCourse;
    private int at;

    @Test
    void metrics_that_go_apart_are_told_though_each_is_as_usual() {
        run(LEARNING, true);
        assertThat(joint).isEmpty();
        alone.clear();

        run(100, false);

        assertThat(alone).isEmpty();
        assertThat(joint).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo(Anomaly.Kind.CORRELATION);
            assertThat(anomaly.eventTimeMillis()).isGreaterThanOrEqualTo(START + LEARNING * 1000L);
            assertThat(anomaly.sinceMillis()).isBetween(START + (LEARNING - 30) * 1000L, anomaly.eventTimeMillis());
            assertThat(anomaly.evidence()).first().isEqualTo("correlation");
            assertThat(List.of("speed", "flow"))
                    .contains(anomaly.series().metric(), anomaly.evidence().getLast());
            assertThat(anomaly.explanation()).contains("lets expect; their correlation was ");
        });
    }

    @Test
    void metrics_that_never_moved_together_are_never_told() {
        run(2 * LEARNING, false);

        assertThat(joint).isEmpty();
    }

    @Test
    void what_was_learned_outlives_a_restart() throws IOException {
        run(LEARNING, true);
        var bytes = new ByteArrayOutputStream();
        companions.write(new DataOutputStream(bytes));
        assertThat(bytes.size()).isLessThan(1_000);

        companions = new Companions();
        var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(companions.read(in, name -> switch (name) {
                    case "speed" -> speed;
                    case "flow" -> flow;
                    default -> temperature;
                }))
                .isTrue();
        run(100, false);

        assertThat(joint).hasSize(1);
    }

    @Test
    void it_is_learned_anew_when_a_metric_is_gone() throws IOException {
        run(LEARNING, true);
        var bytes = new ByteArrayOutputStream();
        companions.write(new DataOutputStream(bytes));

        var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(new Companions().read(in, _ -> null)).isFalse();
    }

    private void run(int points, boolean isTogether) {
        for (int i = 0; i < points; i++, at++) {
            long now = START + at * 1000L;
            course = 0.99 * course + 0.1 * random.nextGaussian();
            otherCourse = isTogether ? course : 0.99 * otherCourse + 0.1 * random.nextGaussian();
            say(speed, now, 1450 + 30 * course + random.nextGaussian());
            say(flow, now, 12 + 2 * otherCourse + 0.1 * random.nextGaussian());
            say(temperature, now, 40 + random.nextGaussian());
            companions.conclude(joint::add);
        }
    }

    private void say(SeriesDetectors metric, long now, double value) {
        metric.add(now, value, alone::add);
        companions.see(metric, now, value, joint::add);
    }

    private static SeriesDetectors detectors(String metric) {
        return new SeriesDetectors(new SeriesKey(new DeviceId("pump-1"), metric), Limits.NONE, Detection.USUAL);
    }
}
