package io.telltale.analytics.model;

/// A stretch of one series as columns, raw or rolled up. Arrays are of equal length, by ascending time, and owned by
/// the reader.
///
/// @param resolutionMillis width of one step; 0 when the points are raw
/// @param timesMillis event time of the point, or start of the step
/// @param counts points in the step; 1 each when raw
public record Series(
        SeriesKey key,
        long resolutionMillis,
        long[] timesMillis,
        double[] mean,
        double[] min,
        double[] max,
        long[] counts) {

    /// What a chart asks for.
    ///
    /// @param fromMillis inclusive
    /// @param toMillis exclusive
    /// @param maxPoints about how many steps the asker can show, 1 to 20,000
    public record Query(SeriesKey key, long fromMillis, long toMillis, int maxPoints) {
        public static final int MAX_POINTS = 20_000;

        public Query {
            if (toMillis <= fromMillis) {
                throw new IllegalArgumentException(
                        "to: expected later than from (" + fromMillis + "), got " + toMillis);
            }
            if (maxPoints < 1 || maxPoints > MAX_POINTS) {
                throw new IllegalArgumentException("points: expected 1 to " + MAX_POINTS + ", got " + maxPoints);
            }
        }
    }
}
