package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Series;
import io.telltale.analytics.model.SeriesKey;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ExpectedBandTest {
    private static final SeriesKey KEY = new SeriesKey(new DeviceId("pump-1"), "pressure");

    private final Random random = new Random(7);

    @Test
    void almost_every_ordinary_point_lies_inside_and_a_spike_does_not() {
        var series = stretch(2000, 1000, i -> i == 500 ? 60 : 20 + random.nextGaussian());

        var band = ExpectedBand.of(stretch(0, 2000, _ -> 20 + random.nextGaussian()), series);

        int outside = 0;
        for (int i = 0; i < 1000; i++) {
            double value = series.mean()[i];
            outside += value < band.low()[i] || value > band.high()[i] ? 1 : 0;
        }
        assertThat(outside).isBetween(1, 15);
        assertThat(band.high()[500]).isBetween(21.0, 28.0);
    }

    @Test
    void where_too_little_is_known_there_is_no_band() {
        var band = ExpectedBand.of(stretch(0, 0, _ -> 0), stretch(0, 60, _ -> 20 + random.nextGaussian()));

        assertThat(band.low()[40]).isNaN();
        assertThat(band.low()[59]).isNotNaN();
    }

    private static Series stretch(int from, int points, IntToDoubleFunction values) {
        var times = new long[points];
        var mean = new double[points];
        var counts = new long[points];
        for (int i = 0; i < points; i++) {
            times[i] = (from + i) * 1000L;
            mean[i] = values.applyAsDouble(i);
            counts[i] = 1;
        }
        return new Series(KEY, 0, times, mean, mean, mean, counts, List.of());
    }
}
