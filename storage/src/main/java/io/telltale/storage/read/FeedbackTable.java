package io.telltale.storage.read;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Feedback;
import io.telltale.analytics.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What people said of anomalies. They say little, so it is written word by word.
final class FeedbackTable {
    private static final String SAY = """
            INSERT INTO telltale.feedback (device, metric, kind, event_time, said_at, said_by, verdict)
            SELECT {device:String}, {metric:String}, {kind:String}, fromUnixTimestamp64Milli({time:Int64}),
                fromUnixTimestamp64Milli({at:Int64}), {by:String}, {verdict:String}""";
    private static final String LAST = """
            SELECT device, metric, kind, event_time,
                argMax(verdict, said_at) AS last, argMax(said_by, said_at) AS by, max(said_at) AS at
            FROM telltale.feedback
            WHERE device = {device:String}
                AND event_time >= fromUnixTimestamp64Milli({from:Int64}) AND event_time < fromUnixTimestamp64Milli({to:Int64})
            GROUP BY device, metric, kind, event_time
            HAVING last != 'NONE'
            ORDER BY event_time DESC, metric, kind
            LIMIT 1000""";
    private static final String STRICTNESS = """
            SELECT device, metric, toInt64(countIf(last = 'FALSE_ALARM')) - toInt64(countIf(last = 'CONFIRMED'))
            FROM (
                SELECT device, metric, argMax(verdict, said_at) AS last
                FROM telltale.feedback
                WHERE device IN {devices:Array(String)}
                GROUP BY device, metric, kind, event_time)
            GROUP BY device, metric""";

    private final Queries queries;

    FeedbackTable(Queries queries) {
        this.queries = queries;
    }

    /// @return how many more anomalies of the series are said to be false alarms than to be right
    int say(Feedback feedback) throws Exception {
        var device = feedback.series().device();
        var parameters = new Parameters()
                .with("device", device.value())
                .with("metric", feedback.series().metric())
                .with("kind", feedback.kind().name())
                .withTime("time", feedback.eventTimeMillis())
                .withTime("at", feedback.saidAtMillis())
                .with("by", feedback.saidBy())
                .with("verdict", feedback.verdict().name());
        queries.read(SAY, parameters, _ -> 0);
        return strictness(List.of(device.value()))
                .getOrDefault(device, Map.of())
                .getOrDefault(feedback.series().metric(), 0);
    }

    /// What counts of what was said of a device's anomalies in a time, newest first.
    List<Feedback> of(DeviceId device, long fromMillis, long toMillis) throws Exception {
        var parameters = new Parameters()
                .with("device", device.value())
                .withTime("from", fromMillis)
                .withTime("to", toMillis);
        return queries.read(LAST, parameters, rows -> {
            List<Feedback> all = new ArrayList<>();
            while (rows.hasNext()) {
                var series = new SeriesKey(new DeviceId(rows.readText()), rows.readText());
                var kind = Anomaly.Kind.valueOf(rows.readText());
                long eventTimeMillis = rows.readLong();
                var verdict = Feedback.Verdict.valueOf(rows.readText());
                all.add(new Feedback(series, kind, eventTimeMillis, verdict, rows.readText(), rows.readLong()));
            }
            return all;
        });
    }

    /// How many more false alarms than right ones there were, by device and metric; only where there is any word.
    Map<DeviceId, Map<String, Integer>> strictness(List<String> devices) throws Exception {
        return queries.read(STRICTNESS, new Parameters().with("devices", devices), rows -> {
            Map<DeviceId, Map<String, Integer>> all = new HashMap<>();
            while (rows.hasNext()) {
                all.computeIfAbsent(new DeviceId(rows.readText()), _ -> new HashMap<>())
                        .put(rows.readText(), Math.toIntExact(rows.readLong()));
            }
            return all;
        });
    }
}
