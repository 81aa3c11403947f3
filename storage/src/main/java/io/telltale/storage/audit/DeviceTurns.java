package io.telltale.storage.audit;

import io.telltale.storage.read.Parameters;
import io.telltale.storage.read.Queries;

/// All devices in turns, so many at a time that one query can compare what they have stored in a range.
final class DeviceTurns {
    private static final int MAX_DEVICES = 100_000;

    /// In the order of the key, so that ClickHouse reads no further than the last of them.
    private static final String NEXT = """
            SELECT device, toInt64(count())
            FROM telltale.points
            WHERE device > {after:String}
                AND event_time >= fromUnixTimestamp64Milli({from:Int64})
                AND event_time < fromUnixTimestamp64Milli({to:Int64})
            GROUP BY device
            ORDER BY device
            LIMIT\s""" + MAX_DEVICES + " SETTINGS optimize_aggregation_in_order = 1";

    private final Queries queries;
    private final long maxRows;
    private String after = "";

    DeviceTurns(Queries queries, long maxRows) {
        this.queries = queries;
        this.maxRows = maxRows;
    }

    Scope.Devices next(long fromMillis, long toMillis) throws Exception {
        var parameters = new Parameters()
                .with("after", after)
                .withTime("from", fromMillis)
                .withTime("to", toMillis);
        String upTo = queries.read(NEXT, parameters, rows -> {
            String last = "";
            long sum = 0;
            int devices = 0;
            while (rows.hasNext()) {
                String device = rows.readText();
                sum += rows.readLong();
                if (sum > maxRows && devices > 0) {
                    return last;
                }
                last = device;
                devices++;
            }
            return devices == MAX_DEVICES ? last : "";
        });
        var turn = new Scope.Devices(after, upTo);
        after = upTo;
        return turn;
    }

    /// Whether the devices handed out last were the last of all.
    boolean isComplete() {
        return after.isEmpty();
    }
}
