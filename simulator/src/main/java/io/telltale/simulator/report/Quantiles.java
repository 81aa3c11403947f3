package io.telltale.simulator.report;

import org.HdrHistogram.AbstractHistogram;

/// A distribution of times in milliseconds, exact to 3 digits up to an hour. All 0 when there were none.
public record Quantiles(
        double p50, double p90, double p99, double p999, double p9999, double max, double mean, long count) {
    public static Quantiles of(AbstractHistogram micros) {
        return new Quantiles(
                millis(micros.getValueAtPercentile(50)),
                millis(micros.getValueAtPercentile(90)),
                millis(micros.getValueAtPercentile(99)),
                millis(micros.getValueAtPercentile(99.9)),
                millis(micros.getValueAtPercentile(99.99)),
                millis(micros.getMaxValue()),
                rounded(micros.getMean() / 1e3),
                micros.getTotalCount());
    }

    private static double millis(long micros) {
        return micros / 1e3;
    }

    static double rounded(double number) {
        return Math.round(number * 1e3) / 1e3;
    }
}
