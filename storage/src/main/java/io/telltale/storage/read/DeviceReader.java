package io.telltale.storage.read;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The devices' snapshots.
final class DeviceReader {
    private static final int CHUNK = 50_000;
    private static final String COLUMNS = "SELECT device, presence, first_seen, last_arrival, watermark, "
            + "latest_metrics, latest_times, latest_values, latest_texts, ";
    private static final String SNAPSHOTS =
            COLUMNS + "detectors FROM telltale.device_state FINAL WHERE device IN {devices:Array(String)}";
    private static final String ALL = COLUMNS + "'' FROM telltale.device_state FINAL WHERE device > {after:String} "
            + "ORDER BY device LIMIT " + CHUNK;

    /// A crash may come between the points of a batch and its snapshots. A device's first snapshot is in the
    /// batch of its first points, so what has points and no snapshot has them in the last batch. A minute,
    /// because other nodes write too.
    private static final String WITHOUT_SNAPSHOT = """
            SELECT device, 'STALE', toDateTime64(min(first), 3), toDateTime64(max(last), 3), max(time),
                groupArray(toString(metric)), groupArray(time), groupArray(newest.1), groupArray(newest.2), ''
            FROM
            (
                SELECT device, metric, min(stored_at) AS first, max(stored_at) AS last, max(event_time) AS time,
                    argMax((value, text), (event_time, stored_at)) AS newest
                FROM telltale.points
                WHERE stored_at >= (SELECT max(stored_at) FROM telltale.device_state) - INTERVAL 1 MINUTE
                    AND device NOT IN (SELECT device FROM telltale.device_state)
                GROUP BY device, metric
            )
            GROUP BY device""";

    private final Queries queries;

    DeviceReader(Queries queries) {
        this.queries = queries;
    }

    Map<DeviceId, DeviceSnapshot> snapshots(List<String> devices) throws Exception {
        Map<DeviceId, DeviceSnapshot> snapshots = new HashMap<>();
        for (DeviceSnapshot snapshot : read(SNAPSHOTS, new Parameters().with("devices", devices))) {
            snapshots.put(snapshot.device(), snapshot);
        }
        return snapshots;
    }

    void forEach(Consumer<DeviceSnapshot> consumer) throws Exception {
        // First: with what is written meanwhile, the last batch before the start would be further and further away.
        read(WITHOUT_SNAPSHOT, new Parameters()).forEach(consumer);
        List<DeviceSnapshot> chunk = read(ALL, new Parameters().with("after", ""));
        while (!chunk.isEmpty()) {
            chunk.forEach(consumer);
            chunk = read(
                    ALL, new Parameters().with("after", chunk.getLast().device().value()));
        }
    }

    private List<DeviceSnapshot> read(String sql, Parameters parameters) throws Exception {
        return queries.read(sql, parameters, rows -> {
            List<DeviceSnapshot> snapshots = new ArrayList<>();
            while (rows.hasNext()) {
                snapshots.add(snapshot(rows));
            }
            return snapshots;
        });
    }

    private static DeviceSnapshot snapshot(RowReader row) throws IOException {
        var device = new DeviceId(row.readText());
        Presence presence = Presence.valueOf(row.readText());
        long firstSeenMillis = row.readLong();
        long lastArrivalMillis = row.readLong();
        long watermarkMillis = row.readLong();
        List<Point> latest = points(row.readTexts(), row.readLongs(), row.readDoubles(), row.readTexts());
        return new DeviceSnapshot(
                device, presence, firstSeenMillis, lastArrivalMillis, watermarkMillis, latest, row.readBlob());
    }

    private static List<Point> points(String[] metrics, long[] timesMillis, double[] values, String[] texts) {
        List<Point> points = new ArrayList<>(metrics.length);
        for (int i = 0; i < metrics.length; i++) {
            points.add(point(metrics[i], timesMillis[i], values[i], texts[i]));
        }
        return points;
    }

    /// Numbers are finite always; NaN marks a text.
    static Point point(String metric, long eventTimeMillis, double value, String text) {
        return Double.isNaN(value)
                ? new Point.Text(metric, eventTimeMillis, text)
                : new Point.Numeric(metric, eventTimeMillis, value);
    }
}
