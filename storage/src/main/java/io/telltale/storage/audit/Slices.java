package io.telltale.storage.audit;

import io.telltale.storage.read.Parameters;
import io.telltale.storage.read.Queries;
import java.util.ArrayList;
import java.util.List;

/// Cuts a range of time into pieces that one query can compare within ClickHouse's memory: whole windows of the widest
/// width, as many as hold few enough rows; one that holds more is cut by device. Where nothing is stored there is no
/// piece.
final class Slices {
    private static final String RANGE = """
            WHERE %1$s AND %2$s >= fromUnixTimestamp64Milli({from:Int64}) AND %2$s < fromUnixTimestamp64Milli({to:Int64})
            """;

    private static final String ROWS_BY_TIME = """
            SELECT bucket, toInt64(sum(n))
            FROM
            (
                SELECT intDiv(toUnixTimestamp64Milli(event_time), {width:Int64}) AS bucket, count() AS n
                FROM telltale.points :points GROUP BY bucket
                UNION ALL
                SELECT intDiv(toUnixTimestamp64Milli(window_start), {width:Int64}) AS bucket, count() AS n
                FROM telltale.rollups :rollups GROUP BY bucket
            )
            GROUP BY bucket
            ORDER BY bucket""";

    private static final String ROWS_BY_DEVICE = """
            SELECT device, toInt64(sum(n))
            FROM
            (
                SELECT device, count() AS n FROM telltale.points :points GROUP BY device
                UNION ALL
                SELECT device, count() AS n FROM telltale.rollups :rollups GROUP BY device
            )
            GROUP BY device
            ORDER BY device""";

    private final Queries queries;
    private final long widestMillis;
    private final long maxRows;

    Slices(Queries queries, long widestMillis, long maxRows) {
        this.queries = queries;
        this.widestMillis = widestMillis;
        this.maxRows = maxRows;
    }

    record Slice(Scope scope, long fromMillis, long toMillis) {}

    private record Bucket<K>(K key, long rows) {}

    List<Slice> of(Scope scope, long fromMillis, long toMillis) throws Exception {
        List<Bucket<Long>> buckets = queries.read(
                sql(ROWS_BY_TIME, scope), range(scope, fromMillis, toMillis).with("width", widestMillis), rows -> {
                    List<Bucket<Long>> found = new ArrayList<>();
                    while (rows.hasNext()) {
                        found.add(new Bucket<>(rows.readLong() * widestMillis, rows.readLong()));
                    }
                    return found;
                });
        List<Slice> slices = new ArrayList<>();
        for (int first = 0, next; first < buckets.size(); first = next) {
            long rows = buckets.get(first).rows();
            for (next = first + 1;
                    next < buckets.size() && rows + buckets.get(next).rows() <= maxRows;
                    next++) {
                rows += buckets.get(next).rows();
            }
            long sliceFrom = Math.max(fromMillis, buckets.get(first).key());
            long sliceTo = Math.min(toMillis, buckets.get(next - 1).key() + widestMillis);
            if (rows > maxRows && scope instanceof Scope.AllDevices) {
                slices.addAll(byDevice(sliceFrom, sliceTo));
            } else {
                slices.add(new Slice(scope, sliceFrom, sliceTo));
            }
        }
        return slices;
    }

    private List<Slice> byDevice(long fromMillis, long toMillis) throws Exception {
        var all = new Scope.AllDevices();
        List<Bucket<String>> devices =
                queries.read(sql(ROWS_BY_DEVICE, all), range(all, fromMillis, toMillis), rows -> {
                    List<Bucket<String>> found = new ArrayList<>();
                    while (rows.hasNext()) {
                        found.add(new Bucket<>(rows.readText(), rows.readLong()));
                    }
                    return found;
                });
        List<Slice> slices = new ArrayList<>();
        String after = "";
        long rows = 0;
        for (int i = 0; i < devices.size(); i++) {
            rows += devices.get(i).rows();
            boolean last = i == devices.size() - 1;
            if (last || rows + devices.get(i + 1).rows() > maxRows) {
                String upTo = last ? "" : devices.get(i).key();
                slices.add(new Slice(new Scope.Devices(after, upTo), fromMillis, toMillis));
                after = upTo;
                rows = 0;
            }
        }
        return slices;
    }

    private static String sql(String rowsBy, Scope scope) {
        return rowsBy.replace(":points", RANGE.formatted(scope.ofDevices(), "event_time"))
                .replace(":rollups", RANGE.formatted(scope.ofDevices(), "window_start"));
    }

    private static Parameters range(Scope scope, long fromMillis, long toMillis) {
        return scope.bind(new Parameters()).withTime("from", fromMillis).withTime("to", toMillis);
    }
}
