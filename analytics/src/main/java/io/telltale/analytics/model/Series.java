package io.telltale.analytics.model;

import java.util.List;

/// A stretch of one series as columns, raw or rolled up. Arrays are of equal length, by ascending time, and owned by
/// the reader.
///
/// @param resolutionMillis width of one step; 0 when the points are raw
/// @param timesMillis event time of the point, or start of the step
/// @param counts points in the step; 1 each when raw
/// @param changes where rollups were emitted again after their window had closed, by ascending time; at most as many as
/// the asker can show
public record Series(
        SeriesKey key,
        long resolutionMillis,
        long[] timesMillis,
        double[] mean,
        double[] min,
        double[] max,
        long[] counts,
        List<Change> changes) {

    /// Windows that changed after they had closed: in one step, or in one window of the narrowest width where
    /// the points are raw.
    ///
    /// @param fromMillis inclusive
    /// @param toMillis exclusive
    /// @param revised windows with a point, fresh or corrected, within the allowed lateness
    /// @param repaired windows computed anew for points that came later than that
    public record Change(long fromMillis, long toMillis, long revised, long repaired) {}

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
