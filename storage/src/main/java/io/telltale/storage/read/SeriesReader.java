package io.telltale.storage.read;

import io.telltale.analytics.model.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Answers a chart: raw points while there are few, else steps put together from rollups, and from raw points where no
/// rollup is whole within the range or written yet.
final class SeriesReader {
    private static final String OF_SERIES = " WHERE device = {device:String} AND metric = {metric:String} ";
    private static final String IN_RANGE = OF_SERIES
            + "AND event_time >= fromUnixTimestamp64Milli({from:Int64}) AND event_time < fromUnixTimestamp64Milli({to:Int64}) ";

    private static final String COUNT = "SELECT count() FROM (SELECT 1 FROM telltale.points" + IN_RANGE
            + "AND NOT isNaN(value) LIMIT {limit:UInt64})";

    private static final String ROLLED_UNTIL =
            "SELECT toInt64(max(toUnixTimestamp64Milli(window_start))) FROM telltale.rollups" + OF_SERIES
                    + "AND width_millis = {width:UInt64} AND window_start >= fromUnixTimestamp64Milli({left:Int64}) "
                    + "AND window_start < fromUnixTimestamp64Milli({right:Int64})";

    private static final String STEPS = """
            SELECT step, sum(n) AS count, sum(total) / count, min(lowest), max(highest),
                toInt64(countIf(why = 1)), toInt64(countIf(why = 2))
            FROM
            (
                SELECT intDiv(toUnixTimestamp64Milli(window_start), {step:Int64}) * {step:Int64} AS step,
                    toInt64(count) AS n, sum AS total, min AS lowest, max AS highest, emission AS why
                FROM telltale.rollups FINAL
            """ + OF_SERIES + """
                    AND width_millis = {width:UInt64}
                    AND window_start >= fromUnixTimestamp64Milli({left:Int64})
                    AND window_start < fromUnixTimestamp64Milli({right:Int64})
                UNION ALL
                SELECT intDiv(toUnixTimestamp64Milli(event_time), {step:Int64}) * {step:Int64} AS step,
                    toInt64(1) AS n, value AS total, value AS lowest, value AS highest, 0 AS why
                FROM telltale.points FINAL
            """ + IN_RANGE + """
                    AND NOT isNaN(value)
                    AND (event_time < fromUnixTimestamp64Milli({left:Int64})
                        OR event_time >= fromUnixTimestamp64Milli({right:Int64}))
            )
            GROUP BY step
            ORDER BY step""";

    /// The windows that overlap the range.
    private static final String CHANGES = "SELECT toInt64(emission) AS kind, window_start AS time, 0. AS number "
            + "FROM telltale.rollups FINAL" + OF_SERIES
            + "AND width_millis = {width:UInt64} AND window_start >= fromUnixTimestamp64Milli({left:Int64}) "
            + "AND window_start < fromUnixTimestamp64Milli({to:Int64}) AND emission != 0 "
            + "ORDER BY window_start LIMIT {changes:UInt64}";

    /// Points, which are of kind 0, and changes: one question, because each costs more than its rows.
    private static final String RAW = "SELECT kind, time, number FROM (SELECT * FROM (SELECT toInt64(0) AS kind, "
            + "event_time AS time, value AS number FROM telltale.points FINAL" + IN_RANGE
            + "AND NOT isNaN(value) ORDER BY event_time LIMIT {limit:UInt64}) UNION ALL SELECT * FROM (" + CHANGES
            + ")) ORDER BY kind, time";

    private static final long REVISED = 1;

    /// Up to so long a range for each point asked for, points are read at once; beyond, they are counted before.
    private static final long READ_AT_ONCE_MILLIS = 10_000;

    private final Queries queries;
    private final long[] widthsMillis;

    SeriesReader(Queries queries, Recovery recovery) {
        this.queries = queries;
        this.widthsMillis = recovery.widthsMillis();
    }

    Series read(Series.Query query) throws Exception {
        long spanMillis = query.toMillis() - query.fromMillis();
        if (spanMillis / query.maxPoints() <= READ_AT_ONCE_MILLIS
                || countUpTo(query.maxPoints() + 1L, query) <= query.maxPoints()) {
            var changes = new ArrayList<Series.Change>(0);
            var raw = raw(query, changes);
            if (raw.size <= query.maxPoints()) {
                return raw.toSeries(query, 0, changes);
            }
        }
        long wantedMillis = Math.max(1, Math.ceilDiv(spanMillis, query.maxPoints()));
        long widthMillis = 0;
        for (long width : widthsMillis) {
            if (width <= wantedMillis) {
                widthMillis = width;
            }
        }
        return widthMillis == 0
                ? steps(query, wantedMillis, 0, query.toMillis(), query.toMillis(), changes(query))
                : fromRollups(query, Math.ceilDiv(wantedMillis, widthMillis) * widthMillis, widthMillis);
    }

    private long countUpTo(long limit, Series.Query query) throws Exception {
        return queries.read(COUNT, range(query).with("limit", limit), RowReader::readLong);
    }

    /// One more than asked for when there are more.
    private Steps raw(Series.Query query, List<Series.Change> changes) throws Exception {
        return queries.read(RAW, windows(query).with("limit", query.maxPoints() + 1L), rows -> {
            var steps = new Steps();
            while (rows.hasNext()) {
                long kind = rows.readLong();
                long time = rows.readLong();
                double value = rows.readDouble();
                if (kind == 0) {
                    steps.add(time, 1, value, value, value);
                } else {
                    changes.add(change(time, kind));
                }
            }
            return steps;
        });
    }

    private List<Series.Change> changes(Series.Query query) throws Exception {
        return queries.read(CHANGES, windows(query), rows -> {
            var changes = new ArrayList<Series.Change>(0);
            while (rows.hasNext()) {
                long kind = rows.readLong();
                changes.add(change(rows.readLong(), kind));
                rows.readDouble();
            }
            return changes;
        });
    }

    private Series.Change change(long startMillis, long kind) {
        long revised = kind == REVISED ? 1 : 0;
        return new Series.Change(startMillis, startMillis + widthsMillis[0], revised, 1 - revised);
    }

    /// The finest windows.
    private Parameters windows(Series.Query query) {
        long widthMillis = widthsMillis[0];
        return range(query)
                .with("width", widthMillis)
                .withTime("left", Math.floorDiv(query.fromMillis(), widthMillis) * widthMillis)
                .with("changes", query.maxPoints());
    }

    /// Rollups serve the windows that lie whole within the range, as far as they have closed.
    private Series fromRollups(Series.Query query, long stepMillis, long widthMillis) throws Exception {
        long left = Math.ceilDiv(query.fromMillis(), widthMillis) * widthMillis;
        long right = Math.floorDiv(query.toMillis(), widthMillis) * widthMillis;
        Parameters windows =
                range(query).with("width", widthMillis).withTime("left", left).withTime("right", Math.max(left, right));
        long newestStart = queries.read(ROLLED_UNTIL, windows, RowReader::readLong);
        return steps(
                query, stepMillis, widthMillis, left, Math.max(left, newestStart + widthMillis), new ArrayList<>(0));
    }

    /// @param leftMillis before it raw points, from it on rollups
    /// @param rightMillis before it rollups, from it on raw points
    /// @param changes that are known; those of the rollups that are read are added
    private Series steps(
            Series.Query query,
            long stepMillis,
            long widthMillis,
            long leftMillis,
            long rightMillis,
            List<Series.Change> changes)
            throws Exception {
        Parameters parameters = range(query)
                .with("step", stepMillis)
                .with("width", widthMillis)
                .withTime("left", leftMillis)
                .withTime("right", rightMillis);
        return queries.read(STEPS, parameters, rows -> {
            var steps = new Steps();
            while (rows.hasNext()) {
                long start = rows.readLong();
                steps.add(start, rows.readLong(), rows.readDouble(), rows.readDouble(), rows.readDouble());
                long revised = rows.readLong();
                long repaired = rows.readLong();
                if (revised + repaired > 0) {
                    changes.add(new Series.Change(start, start + stepMillis, revised, repaired));
                }
            }
            return steps.toSeries(query, stepMillis, changes);
        });
    }

    private static Parameters range(Series.Query query) {
        return new Parameters()
                .with("device", query.key().device().value())
                .with("metric", query.key().metric())
                .withTime("from", query.fromMillis())
                .withTime("to", query.toMillis());
    }

    /// Growing columns.
    private static final class Steps {
        private long[] times = new long[256];
        private long[] counts = new long[256];
        private double[] means = new double[256];
        private double[] mins = new double[256];
        private double[] maxs = new double[256];
        private int size;

        void add(long time, long count, double mean, double min, double max) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
                means = Arrays.copyOf(means, 2 * size);
                mins = Arrays.copyOf(mins, 2 * size);
                maxs = Arrays.copyOf(maxs, 2 * size);
            }
            times[size] = time;
            counts[size] = count;
            means[size] = mean;
            mins[size] = min;
            maxs[size] = max;
            size++;
        }

        Series toSeries(Series.Query query, long resolutionMillis, List<Series.Change> changes) {
            return new Series(
                    query.key(),
                    resolutionMillis,
                    Arrays.copyOf(times, size),
                    Arrays.copyOf(means, size),
                    Arrays.copyOf(mins, size),
                    Arrays.copyOf(maxs, size),
                    Arrays.copyOf(counts, size),
                    changes);
        }
    }
}
