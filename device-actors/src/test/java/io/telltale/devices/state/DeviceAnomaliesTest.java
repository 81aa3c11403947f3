package io.telltale.devices.state;

import static io.telltale.devices.state.TestDevice.DEVICE;
import static io.telltale.devices.state.TestDevice.NOON;
import static io.telltale.devices.state.TestDevice.point;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceHistory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeviceAnomaliesTest {
    private final TestDevice device = new TestDevice();

    @Test
    void a_limit_that_is_crossed_is_an_anomaly_once() {
        var outcomes =
                List.of(device.say("pressure", 1, 5), device.say("pressure", 2, 11), device.say("pressure", 3, 12));

        assertThat(outcomes.stream().flatMap(o -> o.anomalies().stream()))
                .singleElement()
                .satisfies(anomaly -> {
                    assertThat(anomaly.kind()).isEqualTo(Anomaly.Kind.LIMIT);
                    assertThat(anomaly.eventTimeMillis()).isEqualTo(NOON + 2000);
                    assertThat(anomaly.observed()).isEqualTo(11);
                });
    }

    @Test
    void a_leap_that_comes_with_a_switch_of_the_same_device_is_no_news() {
        var random = new Random(7);
        var found = new ArrayList<Anomaly>();
        for (int second = 0; second < 600; second++) {
            boolean runs = second < 500;
            double load = runs ? 65 + random.nextGaussian() : 0;
            var points = List.of(point("load", second, load), point("running", second, runs ? 1 : 0));
            found.addAll(device.say(second, points).anomalies());
        }
        assertThat(found).isEmpty();

        var spike = List.of(point("load", 600, 500), point("running", 600, 0));
        assertThat(device.say(600, spike).anomalies()).extracting(Anomaly::kind).containsExactly(Anomaly.Kind.SPIKE);
    }

    @Test
    void what_is_odd_in_two_metrics_at_once_is_told_once() {
        var random = new Random(7);
        for (int second = 0; second < 600; second++) {
            var points = List.of(
                    point("load", second, 65 + random.nextGaussian()),
                    point("current", second, 5 + 0.1 * random.nextGaussian()));
            device.say(second, points);
        }

        var both = List.of(point("load", 600, 74), point("current", 600, 9));
        var found = device.say(600, both).anomalies();

        assertThat(found).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.series().metric()).isEqualTo("current");
            assertThat(anomaly.explanation()).endsWith("at the same time load");
        });
    }

    @Test
    void a_device_that_falls_silent_as_a_whole_is_one_gap_without_a_metric() {
        for (int second = 0; second < 20; second++) {
            device.say(second, List.of(point("load", second, second % 7), point("running", second, 1)));
        }

        var found = device.silence(60).anomalies();

        assertThat(found).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo(Anomaly.Kind.GAP);
            assertThat(anomaly.series().metric()).isEmpty();
        });
    }

    @Test
    void what_people_called_false_alarms_is_told_no_more_and_taking_it_back_helps() {
        assertThat(spikesFound(0)).isEqualTo(1);
        assertThat(spikesFound(5)).isZero();
        assertThat(spikesFound(-1)).isEqualTo(1);
    }

    private static int spikesFound(int falseAlarms) {
        var heeding = new TestDevice();
        heeding.state.restore(DeviceHistory.none(DEVICE).withStrictness(Map.of("load", falseAlarms)));
        var random = new Random(7);
        var found = new HashSet<Long>();
        for (int second = 0; second < 1000; second++) {
            double value = second == 900 ? 30 : 20 + random.nextGaussian();
            heeding.say("load", second, value).anomalies().forEach(anomaly -> found.add(anomaly.eventTimeMillis()));
        }
        return found.size();
    }
}
