package io.telltale.storage.repair;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.LateWindow;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.storage.read.Parameters;
import io.telltale.storage.read.Queries;
import java.util.ArrayList;
import java.util.List;

/// The late windows that the store knows.
final class ToDoList {
    private static final String DUE = """
            SELECT device, metric, width_millis, window_start, watermark, stored_at
            FROM telltale.late_windows FINAL
            WHERE repaired = 0 AND due <= fromUnixTimestamp64Milli({now:Int64})
            ORDER BY due, stored_at, window_start, device, metric
            LIMIT {limit:UInt64}""";
    private static final String PENDING = """
            SELECT toInt64(count()), toUnixTimestamp64Milli(min(stored_at))
            FROM telltale.late_windows FINAL
            WHERE repaired = 0""";

    private final Queries queries;

    ToDoList(Queries queries) {
        this.queries = queries;
    }

    /// @param oldestMillis when the oldest was stored; 0 when there is none
    record Pending(long windows, long oldestMillis) {}

    /// Those never looked at first.
    List<Entry> due(long nowMillis, int limit) throws Exception {
        return queries.read(DUE, new Parameters().withTime("now", nowMillis).with("limit", limit), rows -> {
            List<Entry> entries = new ArrayList<>();
            while (rows.hasNext()) {
                var series = new SeriesKey(new DeviceId(rows.readText()), rows.readText());
                var window = new LateWindow(series, rows.readLong(), rows.readLong(), rows.readLong());
                entries.add(new Entry(window, rows.readLong()));
            }
            return entries;
        });
    }

    Pending pending() throws Exception {
        return queries.read(PENDING, new Parameters(), row -> new Pending(row.readLong(), row.readLong()));
    }
}
