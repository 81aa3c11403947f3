package io.telltale.analytics;

import io.telltale.analytics.anomaly.Detection;
import io.telltale.analytics.anomaly.Limits;
import io.telltale.analytics.anomaly.SeriesDetectors;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.window.SeriesWindows;
import io.telltale.analytics.window.Verdict;
import io.telltale.analytics.window.WindowSettings;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// What one point costs, in order, one a second: its windows with the rollups that close, and its detectors.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SeriesBench {
    private static final SeriesKey SERIES = new SeriesKey(new DeviceId("meter-1"), "temperature");
    private static final int VALUES = 1 << 16;

    /// Written, so that the results are not computed for nothing.
    public @Nullable Record last;

    private final double[] values = new double[VALUES];
    private final SeriesWindows windows = new SeriesWindows(
            SERIES,
            new WindowSettings(
                    List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1)),
                    Duration.ofSeconds(30),
                    4096));
    private final SeriesDetectors detectors = new SeriesDetectors(SERIES, Limits.NONE, Detection.USUAL);
    private final Consumer<Rollup> rollups = this::count;
    private final Consumer<Anomaly> anomalies = this::count;
    private long eventTimeMillis = 1_700_000_000_000L;
    private int at;

    public SeriesBench() {
        var random = new Random(42);
        for (int i = 0; i < VALUES; i++) {
            values[i] = 20 + 5 * Math.sin(i / 600.0) + 0.1 * random.nextGaussian();
        }
    }

    @Benchmark
    public Verdict windows() {
        double value = next();
        var verdict = windows.add(eventTimeMillis, value);
        windows.advance(eventTimeMillis, eventTimeMillis, rollups);
        return verdict;
    }

    @Benchmark
    public void detectors() {
        double value = next();
        detectors.add(eventTimeMillis, value, anomalies);
    }

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(SeriesBench.class.getSimpleName())
                        .build())
                .run();
    }

    private void count(Record result) {
        last = result;
    }

    private double next() {
        eventTimeMillis += 1000;
        at = (at + 1) & (VALUES - 1);
        return values[at];
    }
}
