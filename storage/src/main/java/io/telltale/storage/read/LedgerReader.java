package io.telltale.storage.read;

import io.telltale.analytics.model.DeviceId;
import java.util.HashMap;
import java.util.Map;

/// What a ledger is settled against. Reads every point since then: a question for the end of a run, not for a page.
final class LedgerReader {
    private static final String MESSAGES = """
            SELECT device, toInt64(uniqExact(event_time))
            FROM telltale.points
            WHERE event_time >= fromUnixTimestamp64Milli({from:Int64})
            GROUP BY device""";

    /// A subquery's answer counts as nullable, which would show in its bytes.
    private static final String COUNTS = """
            SELECT
                assumeNotNull((SELECT count() FROM telltale.points FINAL
                    WHERE event_time >= fromUnixTimestamp64Milli({from:Int64}))),
                assumeNotNull((SELECT count() FROM telltale.rollups FINAL
                    WHERE window_start >= fromUnixTimestamp64Milli({from:Int64}))),
                assumeNotNull((SELECT count() FROM telltale.anomalies FINAL
                    WHERE event_time >= fromUnixTimestamp64Milli({from:Int64}))),
                assumeNotNull((SELECT count() FROM telltale.dead_letters FINAL
                    WHERE arrival_time >= fromUnixTimestamp64Milli({from:Int64})))""";

    private final Queries queries;

    LedgerReader(Queries queries) {
        this.queries = queries;
    }

    StoredSince read(long fromMillis) throws Exception {
        var from = new Parameters().withTime("from", fromMillis);
        Map<DeviceId, Long> messages = queries.read(MESSAGES, from, rows -> {
            Map<DeviceId, Long> byDevice = new HashMap<>();
            while (rows.hasNext()) {
                byDevice.put(new DeviceId(rows.readText()), rows.readLong());
            }
            return byDevice;
        });
        return queries.read(
                COUNTS,
                from,
                row -> new StoredSince(messages, row.readLong(), row.readLong(), row.readLong(), row.readLong()));
    }
}
