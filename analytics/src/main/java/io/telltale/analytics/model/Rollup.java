package io.telltale.analytics.model;

/// The aggregate of one tumbling window `[start, start + width)` of one series.
///
/// @param version grows with every emission of the same window; the highest is the truth
/// @param firstValue the value with the smallest event time in the window
/// @param lastValue the value with the greatest event time in the window
/// @param m2 the sum of squared differences from the mean (Welford); variance is `m2 / count`
/// @param quantiles the distribution's sketch, mergeable with those of neighbouring windows
public record Rollup(
        SeriesKey series,
        long widthMillis,
        long windowStartMillis,
        long version,
        Emission emission,
        long count,
        double sum,
        double min,
        double max,
        double mean,
        double m2,
        long firstMillis,
        double firstValue,
        long lastMillis,
        double lastValue,
        SketchBuckets quantiles) {

    /// The same window and numbers, emitted once more.
    public Rollup again(long newVersion, Emission cause) {
        return new Rollup(
                series,
                widthMillis,
                windowStartMillis,
                newVersion,
                cause,
                count,
                sum,
                min,
                max,
                mean,
                m2,
                firstMillis,
                firstValue,
                lastMillis,
                lastValue,
                quantiles);
    }
}
