package io.telltale.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.sketch.QuantileSketch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SeriesWindowsProperties {
    private static final long LATENESS = 30_000;
    private static final WindowSettings SETTINGS = new WindowSettings(
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1)), Duration.ofMillis(LATENESS), 4096);
    private static final SeriesKey SERIES = new SeriesKey(new DeviceId("meter-1"), "temperature");

    private static final Rollup NONE = new WindowAggregate().toRollup(SERIES, 0, 0, 0, Emission.CLOSED);

    private record Sample(long millis, double value) {}

    @Property(tries = 300)
    void any_order_inside_the_lateness_and_any_repetition_give_the_rollups_of_the_plain_sums(
            @ForAll @Size(min = 1, max = 200) List<@DoubleRange(min = -1e6, max = 1e6) Double> values,
            @ForAll @IntRange(min = 1, max = 5_000) int spacingMillis,
            @ForAll long seed) {
        var samples = samples(values, spacingMillis, seed);
        var arrivals = disordered(samples, seed);

        var windows = new SeriesWindows(SERIES, SETTINGS);
        var stored = new HashMap<List<Long>, Rollup>();
        long watermark = Long.MIN_VALUE;
        for (Sample sample : arrivals) {
            assertThat(windows.add(sample.millis(), sample.value())).isNotEqualTo(Verdict.LATE);
            watermark = Math.max(watermark, sample.millis());
            windows.advance(watermark, 1, rollup -> keepHighestVersion(rollup, stored));
        }
        windows.advance(watermark + Duration.ofHours(1).toMillis(), 1, rollup -> keepHighestVersion(rollup, stored));

        assertThat(stored).hasSameSizeAs(expected(samples));
        expected(samples).forEach((key, inWindow) -> same(stored.getOrDefault(key, NONE), inWindow));
    }

    private static List<Sample> samples(List<Double> values, int spacingMillis, long seed) {
        var random = new Random(seed);
        var samples = new ArrayList<Sample>();
        long millis = 1_700_000_000_000L;
        for (double value : values) {
            samples.add(new Sample(millis, value));
            millis += 1 + random.nextInt(spacingMillis);
        }
        return samples;
    }

    /// Each at most half the lateness away from its place, some of them twice.
    private static List<Sample> disordered(List<Sample> samples, long seed) {
        var random = new Random(~seed);
        record Arrival(long millis, Sample sample) {}
        var arrivals = new ArrayList<Arrival>();
        for (Sample sample : samples) {
            for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
                arrivals.add(new Arrival(sample.millis() + random.nextLong(LATENESS / 2), sample));
            }
        }
        Collections.shuffle(arrivals, random);
        return arrivals.stream()
                .sorted((a, b) -> Long.compare(a.millis(), b.millis()))
                .map(Arrival::sample)
                .toList();
    }

    private static void keepHighestVersion(Rollup rollup, Map<List<Long>, Rollup> stored) {
        stored.merge(
                List.of(rollup.widthMillis(), rollup.windowStartMillis()),
                rollup,
                (old, fresh) -> fresh.version() > old.version() ? fresh : old);
    }

    private static Map<List<Long>, List<Sample>> expected(List<Sample> samples) {
        var windows =
                new TreeMap<List<Long>, List<Sample>>((a, b) -> a.toString().compareTo(b.toString()));
        for (Sample sample : samples) {
            for (long width : new long[] {10_000, 60_000}) {
                windows.computeIfAbsent(List.of(width, sample.millis() / width * width), _ -> new ArrayList<>())
                        .add(sample);
            }
        }
        return windows;
    }

    /// Welford in event-time order is what is promised, so even floating-point fields are equal to the last bit.
    private static void same(Rollup actual, List<Sample> inWindow) {
        var twin = new WindowAggregate();
        for (Sample sample : inWindow) {
            twin.add(sample.millis(), sample.value(), QuantileSketch.bucketOf(sample.value()));
        }
        var expected = twin.toRollup(
                SERIES, actual.widthMillis(), actual.windowStartMillis(), actual.version(), actual.emission());
        assertThat(actual).isEqualTo(expected);
    }
}
