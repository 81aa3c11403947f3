package io.telltale.storage.audit;

import io.telltale.analytics.model.SeriesKey;
import java.util.Comparator;

/// A window whose rollup is not what its points say.
///
/// @param points what the points say; its count is 0 when there are none
/// @param rollup what is stored; its count is 0 when nothing is
/// @param version of the stored rollup; 0 when there is none
public record Difference(
        SeriesKey series,
        long widthMillis,
        long startMillis,
        What what,
        Aggregate points,
        Aggregate rollup,
        long version) {

    /// By device, metric, width and time.
    public static final Comparator<Difference> ORDER = Comparator.<Difference, String>comparing(
                    difference -> difference.series().device().value())
            .thenComparing(difference -> difference.series().metric())
            .thenComparingLong(Difference::widthMillis)
            .thenComparingLong(Difference::startMillis);

    /// The first that is not the same, in this order.
    public enum What {
        /// There are points, and no rollup.
        MISSING,
        /// There is a rollup, and no points.
        SURPLUS,
        COUNT,
        SUM,
        MIN,
        MAX
    }

    public record Aggregate(long count, double sum, double min, double max) {}

    public long endMillis() {
        return startMillis + widthMillis;
    }
}
