package io.telltale.storage.read;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Found;
import io.telltale.analytics.model.SeriesKey;
import java.io.IOException;
import java.util.List;

/// Anomalies, page by page, newest first.
final class AnomalyReader {
    private static final String ANOMALIES = """
            FROM telltale.anomalies FINAL
            WHERE event_time >= fromUnixTimestamp64Milli({from:Int64}) AND event_time < fromUnixTimestamp64Milli({to:Int64})
            """;
    private static final String OF_DEVICE = "AND device = {device:String} ";
    private static final String ANOMALY_COLUMNS =
            "SELECT device, metric, kind, event_time, since, score, observed, expected, lower, upper, evidence, explanation ";
    private static final String PAGE = " LIMIT {limit:UInt64} OFFSET {offset:UInt64}";

    private final Queries queries;

    AnomalyReader(Queries queries) {
        this.queries = queries;
    }

    Found<Anomaly> find(Found.Query query) throws Exception {
        String source = query.device().isPresent() ? ANOMALIES + OF_DEVICE : ANOMALIES;
        var parameters = new Parameters()
                .withTime("from", query.fromMillis())
                .withTime("to", query.toMillis())
                .with("offset", query.offset())
                .with("limit", query.limit());
        query.device().ifPresent(device -> parameters.with("device", device.value()));
        String page = ANOMALY_COLUMNS + source + "ORDER BY event_time DESC, device, metric, kind" + PAGE;
        List<Anomaly> items = queries.read(page, parameters, rows -> rows.all(AnomalyReader::anomaly));
        return new Found<>(items, queries.read("SELECT count() " + source, parameters, RowReader::readLong));
    }

    private static Anomaly anomaly(RowReader row) throws IOException {
        return new Anomaly(
                new SeriesKey(new DeviceId(row.readText()), row.readText()),
                Anomaly.Kind.valueOf(row.readText()),
                row.readLong(),
                row.readLong(),
                row.readDouble(),
                row.readDouble(),
                row.readDouble(),
                row.readDouble(),
                row.readDouble(),
                evidence(row.readText()),
                row.readText());
    }

    private static List<String> evidence(String stored) {
        return stored.isEmpty() ? List.of() : List.of(stored.split(",", -1));
    }
}
