package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.SeriesKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/// What one metric's detectors weigh, by the layout of the objects themselves.
class DetectorMemoryTest {
    private static final SeriesKey SERIES = new SeriesKey(new DeviceId("pump-1"), "pressure");

    private final Random random = new Random(7);

    @BeforeAll
    static void look_into_lambdas_too() {
        System.setProperty("jol.magicFieldOffset", "true");
    }

    @Test
    void a_constant_and_a_switch_are_small() throws IOException {
        for (IntToDoubleFunction values : new IntToDoubleFunction[] {_ -> 42, i -> i % 100 < 50 ? 0 : 1}) {
            var detectors = after(20_000, values);

            assertThat(heap(detectors)).isLessThan(400);
            assertThat(written(detectors)).isLessThan(200);
        }
    }

    @Test
    void a_lively_metric_stays_within_its_bounds_however_wild_it_is() throws IOException {
        var calm = after(20_000, _ -> 20 + random.nextGaussian());
        assertThat(heap(calm)).isLessThan(4_000);
        assertThat(written(calm)).isLessThan(2_500);

        var wild = after(20_000, i -> i % 997 * Math.exp(3 * random.nextGaussian()));
        assertThat(heap(wild)).isLessThan(4_500);
        assertThat(written(wild)).isLessThan(3_000);
    }

    private static SeriesDetectors after(int points, IntToDoubleFunction values) {
        var detectors = new SeriesDetectors(SERIES, Limits.NONE, Detection.USUAL);
        for (int i = 0; i < points; i++) {
            detectors.add(1_700_000_000_000L + i * 60_000L, values.applyAsDouble(i), _ -> {});
        }
        return detectors;
    }

    private static long heap(SeriesDetectors detectors) {
        return GraphLayout.parseInstance(detectors)
                .subtract(GraphLayout.parseInstance(SERIES))
                .totalSize();
    }

    private static int written(SeriesDetectors detectors) throws IOException {
        var bytes = new ByteArrayOutputStream();
        detectors.write(new DataOutputStream(bytes));
        return bytes.size();
    }
}
