package io.telltale.storage.audit;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.storage.audit.Difference.Aggregate;
import io.telltale.storage.audit.Difference.What;
import io.telltale.storage.read.Parameters;
import io.telltale.storage.read.Queries;
import io.telltale.storage.read.Recovery;
import io.telltale.storage.read.RowReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Windows of all widths, recomputed from the distinct points and laid beside the stored rollups: one query, in which
/// the finest windows are made of points and the wider ones of the finest.
///
/// Count, minimum and maximum must be equal. Sums may differ by [#SUM_TOLERANCE] of the sum of the magnitudes: adding
/// in another order rounds differently, and by no more than some 1e-16 of that for each of the points.
public final class Comparison {
    static final double SUM_TOLERANCE = 1e-9;

    private static final String SQL = """
            SELECT
                toInt64(countIf(closed AND (wrong = '' OR judged))),
                toInt64(countIf(closed AND wrong != '' AND judged)),
                toInt64(countIf(closed AND wrong != '' AND settled AND waiting)),
                toInt64(countIf(closed AND wrong != '' AND NOT settled)),
                groupArrayIf(:limit)((device, toString(metric), width, start, wrong, toInt64(version),
                    points_count, points_sum, points_min, points_max,
                    rollup_count, rollup_sum, rollup_min, rollup_max), closed AND wrong != '' AND judged)
            FROM
            (
                SELECT *,
                    changed <= fromUnixTimestamp64Milli({settled:Int64}) AS settled,
                    (device, metric, intDiv(start, :widest) * :widest) IN (:waiting) AS waiting,
                    settled AND NOT waiting AS judged,
                    version > 0 OR start + width <= clock OR {open:Bool} AS closed
                FROM
                (
                    SELECT device, metric, width, start,
                        sum(n) AS points_count, sum(total) AS points_sum,
                        minIf(lowest, n > 0) AS points_min, maxIf(highest, n > 0) AS points_max,
                        sum(rolled) AS rollup_count, sum(rolled_total) AS rollup_sum,
                        minIf(lowest, rolled > 0) AS rollup_min, maxIf(highest, rolled > 0) AS rollup_max,
                        max(v) AS version, max(at) AS changed,
                        multiIf(
                            version = 0, 'MISSING',
                            points_count = 0, 'SURPLUS',
                            points_count != rollup_count, 'COUNT',
                            abs(points_sum - rollup_sum) > :tolerance * sum(magnitude), 'SUM',
                            points_min != rollup_min, 'MIN',
                            points_max != rollup_max, 'MAX',
                            '') AS wrong
                    FROM
                    (
                        SELECT device, metric, arrayJoin([:widths]) AS width, intDiv(fine, width) * width AS start,
                            n, total, magnitude, lowest, highest,
                            toInt64(0) AS rolled, toFloat64(0) AS rolled_total, toUInt64(0) AS v, at
                        FROM
                        (
                            SELECT device, metric,
                                intDiv(toUnixTimestamp64Milli(event_time), :finest) * :finest AS fine,
                                toInt64(count()) AS n, sum(value) AS total, sum(abs(value)) AS magnitude,
                                min(value) AS lowest, max(value) AS highest,
                                toDateTime64(max(stored_at), 3, 'UTC') AS at
                            FROM telltale.points FINAL
                            WHERE :series AND :from <= event_time AND event_time < :to AND NOT isNaN(value)
                            GROUP BY device, metric, fine
                        )
                        WHERE start >= {from:Int64} AND start + width <= {to:Int64}
                        UNION ALL
                        SELECT device, metric, toInt64(width_millis) AS width, toUnixTimestamp64Milli(window_start),
                            toInt64(0), toFloat64(0), toFloat64(0), min, max,
                            toInt64(count), sum, version, stored_at
                        FROM telltale.rollups FINAL
                        WHERE :series AND :from <= window_start AND window_start < :to AND width_millis IN (:widths)
                            AND toUnixTimestamp64Milli(window_start) + width <= {to:Int64}
                    )
                    GROUP BY device, metric, width, start
                ) AS windows
                LEFT JOIN
                (
                    SELECT device, toUnixTimestamp64Milli(max(heard)) AS clock
                    FROM
                    (
                        SELECT device, max(event_time) AS heard
                        FROM telltale.points
                        WHERE :devices AND :from <= event_time AND event_time < :ahead
                            AND toUnixTimestamp64Milli(stored_at) <= {settled:Int64}
                        GROUP BY device
                        UNION ALL
                        SELECT device, max(watermark)
                        FROM telltale.device_state
                        WHERE :devices AND stored_at <= fromUnixTimestamp64Milli({settled:Int64})
                        GROUP BY device
                    )
                    GROUP BY device
                ) AS clocks USING (device)
            )""";

    private static final String WAITING = """
            SELECT device, metric, intDiv(toUnixTimestamp64Milli(window_start), :widest) * :widest
            FROM telltale.late_windows FINAL
            WHERE :series AND repaired = 0 AND greatest(stored_at, due) > fromUnixTimestamp64Milli({overdue:Int64})""";

    /// A snapshot tells of a device's watermark, but may be a minute older than its newest points.
    private static final long AHEAD_MILLIS = 300_000;

    private final Queries queries;
    private final long[] widthsMillis;
    private final long widestMillis;

    public Comparison(Queries queries, Recovery recovery) {
        this.queries = queries;
        widthsMillis = recovery.widthsMillis();
        widestMillis = recovery.widestMillis();
    }

    /// @param fromMillis windows that begin before it are left out
    /// @param toMillis windows that end after it are left out
    /// @param patience with windows that differ and should soon differ no more
    /// @param limit differences to list
    public AuditResult run(Scope scope, long fromMillis, long toMillis, Patience patience, int limit) throws Exception {
        String widths = Arrays.stream(widthsMillis).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String sql = SQL.replace(":waiting", WAITING)
                .replace(":devices", scope.ofDevices())
                .replace(":series", scope.ofSeries())
                .replace(":widths", widths)
                .replace(":widest", Long.toString(widestMillis))
                .replace(":finest", Long.toString(widthsMillis[0]))
                .replace(":limit", Integer.toString(limit))
                .replace(":tolerance", Double.toString(SUM_TOLERANCE))
                .replace(":from", "fromUnixTimestamp64Milli({from:Int64})")
                .replace(":to", "fromUnixTimestamp64Milli({to:Int64})")
                .replace(":ahead", "fromUnixTimestamp64Milli({ahead:Int64})");
        Parameters parameters = scope.bind(new Parameters())
                .withTime("from", fromMillis)
                .withTime("to", toMillis)
                .withTime("ahead", saturated(toMillis, AHEAD_MILLIS + widestMillis))
                .withTime("settled", patience.settledMillis())
                .withTime("overdue", patience.overdueMillis())
                .with("open", Boolean.toString(patience.openToo()));
        return queries.read(sql, parameters, Comparison::result);
    }

    /// Which windows may differ and yet not be wrong.
    ///
    /// @param settledMillis those that changed after this: something of theirs may be under way
    /// @param overdueMillis those with late points, if these were stored, or are to be repaired, after this
    /// @param openToo whether a rollup is missing where the device may not have closed the window yet
    public record Patience(long settledMillis, long overdueMillis, boolean openToo) {
        public static final Patience NONE = new Patience(Long.MAX_VALUE, Long.MAX_VALUE, true);

        /// A repair that is later than this is not merely about to come.
        private static final Duration OVERDUE = Duration.ofMinutes(10);

        /// For a store that a server writes to.
        public static Patience besideServer(long nowMillis, Recovery recovery) {
            return new Patience(nowMillis - recovery.settle().toMillis(), nowMillis - OVERDUE.toMillis(), false);
        }

        /// For a store that nobody writes to.
        public static Patience alone(long nowMillis) {
            return new Patience(Long.MAX_VALUE, nowMillis - OVERDUE.toMillis(), false);
        }

        /// Judges late points that wait to be repaired as they are.
        public Patience withoutWaiting() {
            return new Patience(settledMillis, Long.MAX_VALUE, openToo);
        }
    }

    private static long saturated(long millis, long more) {
        return millis > Long.MAX_VALUE - more ? Long.MAX_VALUE : millis + more;
    }

    private static AuditResult result(RowReader row) throws IOException {
        long windows = row.readLong();
        long differences = row.readLong();
        long waiting = row.readLong();
        long unsettled = row.readLong();
        int listed = row.readLength();
        List<Difference> found = new ArrayList<>(listed);
        for (int i = 0; i < listed; i++) {
            found.add(difference(row));
        }
        found.sort(Difference.ORDER);
        return new AuditResult(windows, differences, waiting, unsettled, found);
    }

    private static Difference difference(RowReader row) throws IOException {
        var series = new SeriesKey(new DeviceId(row.readText()), row.readText());
        long widthMillis = row.readLong();
        long startMillis = row.readLong();
        var what = What.valueOf(row.readText());
        long version = row.readLong();
        return new Difference(series, widthMillis, startMillis, what, aggregate(row), aggregate(row), version);
    }

    private static Aggregate aggregate(RowReader row) throws IOException {
        return new Aggregate(row.readLong(), row.readDouble(), row.readDouble(), row.readDouble());
    }
}
