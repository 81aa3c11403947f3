package io.telltale.analytics;

import io.telltale.analytics.anomaly.SeriesScorer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/// What one point costs the whole scorer: one a minute with a daily cycle, noise and a spike now and then.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScorerBench {
    private static final int VALUES = 1 << 16;
    private static final int DAY_MINUTES = 1440;

    private final double[] values = new double[VALUES];
    private final SeriesScorer scorer = new SeriesScorer();
    private long eventTimeMillis = 1_700_000_000_000L;
    private int at;

    public ScorerBench() {
        var random = new Random(42);
        for (int i = 0; i < VALUES; i++) {
            double spike = random.nextInt(2000) == 0 ? 30 : 0;
            values[i] = 20 + 5 * Math.sin(2 * Math.PI * i / DAY_MINUTES) + random.nextGaussian() + spike;
        }
    }

    @Benchmark
    public double score() {
        eventTimeMillis += 60_000;
        at = (at + 1) & (VALUES - 1);
        return scorer.score(eventTimeMillis, values[at]);
    }

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(ScorerBench.class.getSimpleName())
                        .build())
                .run();
    }
}
