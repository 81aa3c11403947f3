package io.telltale.storage.read;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Found;
import io.telltale.analytics.model.SeriesKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What happened, page by page, newest first.
final class FindingsReader {
    private static final String ANOMALIES = """
            FROM telltale.anomalies FINAL
            WHERE event_time >= fromUnixTimestamp64Milli({from:Int64}) AND event_time < fromUnixTimestamp64Milli({to:Int64})
            """;
    private static final String OF_DEVICE = "AND device = {device:String} ";
    private static final String DEAD_LETTERS = """
            FROM telltale.dead_letters FINAL
            WHERE arrival_time >= fromUnixTimestamp64Milli({from:Int64}) AND arrival_time < fromUnixTimestamp64Milli({to:Int64})
            """;
    private static final String ANOMALY_COLUMNS =
            "SELECT device, metric, kind, event_time, score, observed, expected, lower, upper, explanation ";
    private static final String DEAD_LETTER_COLUMNS = "SELECT id, arrival_time, door, topic, payload, reason, detail ";
    private static final String PAGE = " LIMIT {limit:UInt64} OFFSET {offset:UInt64}";

    private final Queries queries;

    FindingsReader(Queries queries) {
        this.queries = queries;
    }

    Found<Anomaly> anomalies(Found.Query query) throws Exception {
        String source = query.device().isPresent() ? ANOMALIES + OF_DEVICE : ANOMALIES;
        return page(
                ANOMALY_COLUMNS + source + "ORDER BY event_time DESC, device, metric, kind" + PAGE,
                source,
                query,
                FindingsReader::anomaly);
    }

    Found<DeadLetter> deadLetters(Found.Query query) throws Exception {
        if (query.device().isPresent()) {
            return new Found<>(List.of(), 0);
        }
        return page(
                DEAD_LETTER_COLUMNS + DEAD_LETTERS + "ORDER BY arrival_time DESC, id" + PAGE,
                DEAD_LETTERS,
                query,
                FindingsReader::deadLetter);
    }

    Optional<DeadLetter> deadLetter(UUID id) throws Exception {
        String sql = DEAD_LETTER_COLUMNS + "FROM telltale.dead_letters FINAL WHERE id = {id:UUID} LIMIT 1";
        return queries.read(
                sql,
                new Parameters().with("id", id.toString()),
                rows -> rows.hasNext() ? Optional.of(deadLetter(rows)) : Optional.empty());
    }

    private <T> Found<T> page(String pageSql, String source, Found.Query query, Queries.RowsReader<T> one)
            throws Exception {
        var parameters = new Parameters()
                .withTime("from", query.fromMillis())
                .withTime("to", query.toMillis())
                .with("offset", query.offset())
                .with("limit", query.limit());
        query.device().ifPresent(device -> parameters.with("device", device.value()));
        List<T> items = queries.read(pageSql, parameters, rows -> {
            List<T> found = new ArrayList<>();
            while (rows.hasNext()) {
                found.add(one.read(rows));
            }
            return found;
        });
        return new Found<>(items, queries.read("SELECT count() " + source, parameters, RowReader::readLong));
    }

    private static Anomaly anomaly(RowReader row) throws IOException {
        return new Anomaly(
                new SeriesKey(new DeviceId(row.readText()), row.readText()),
                Anomaly.Kind.valueOf(row.readText()),
                row.readLong(),
                row.readDouble(),
                row.readDouble(),
                row.readDouble(),
                row.readDouble(),
                row.readDouble(),
                row.readText());
    }

    private static DeadLetter deadLetter(RowReader row) throws IOException {
        UUID id = row.readUuid();
        long arrivalMillis = row.readLong();
        String door = row.readText();
        String topic = row.readText();
        byte[] payload = row.readBlob();
        return new DeadLetter(
                id, arrivalMillis, door, topic, payload, DeadLetter.Reason.valueOf(row.readText()), row.readText());
    }
}
