package io.telltale.dashboard.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.dashboard.devices.DeviceIndex;
import io.telltale.dashboard.devices.DeviceRow;
import io.telltale.dashboard.json.DeviceJson;
import io.telltale.dashboard.json.EventJson;
import io.telltale.dashboard.json.Json;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/// Writes changes as the text frames of the live protocol. Rows are read now, so they are as new as can be.
final class Frames {
    private final DeviceIndex index;
    private final Supplier<Overview> overview;

    Frames(DeviceIndex index, Supplier<Overview> overview) {
        this.index = index;
        this.overview = overview;
    }

    Queue<String> of(Changes changes) {
        var frames = new ArrayDeque<String>();
        for (String detail : changes.problems()) {
            frames.add(frame("problem", json -> json.writeStringField("detail", detail)));
        }
        if (changes.overview()) {
            var now = overview.get();
            frames.add(frame("overview", json -> {
                json.writeFieldName("overview");
                now.writeTo(json);
            }));
        }
        var rows = changes.rows().stream()
                .map(index::row)
                .flatMap(Optional::stream)
                .toList();
        if (!rows.isEmpty()) {
            frames.add(frame("devices", json -> rows(json, rows)));
        }
        changes.points().forEach((device, points) -> frames.add(frame("points", json -> points(json, device, points))));
        if (!changes.anomalies().isEmpty()) {
            frames.add(frame("anomalies", json -> anomalies(json, changes)));
        }
        return frames;
    }

    private static String frame(String type, Json.Document fields) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            fields.writeTo(json);
            json.writeEndObject();
        });
    }

    private static void rows(JsonGenerator json, List<DeviceRow> rows) throws IOException {
        json.writeFieldName("rows");
        DeviceJson.rows(json, rows);
    }

    private static void points(JsonGenerator json, DeviceId device, PointBuffer points) throws IOException {
        record Pair(long eventTimeMillis, double value) {}
        var series = new LinkedHashMap<String, List<Pair>>();
        points.forEach((metric, eventTimeMillis, value) ->
                series.computeIfAbsent(metric, first -> new ArrayList<>()).add(new Pair(eventTimeMillis, value)));

        json.writeStringField("device", device.value());
        json.writeNumberField("skipped", points.skipped());
        json.writeObjectFieldStart("series");
        for (var entry : series.entrySet()) {
            json.writeArrayFieldStart(entry.getKey());
            for (Pair pair : entry.getValue()) {
                json.writeStartArray();
                json.writeNumber(pair.eventTimeMillis());
                json.writeNumber(pair.value());
                json.writeEndArray();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void anomalies(JsonGenerator json, Changes changes) throws IOException {
        json.writeArrayFieldStart("items");
        for (Anomaly anomaly : changes.anomalies()) {
            EventJson.anomaly(json, anomaly);
        }
        json.writeEndArray();
        json.writeNumberField("skipped", changes.anomaliesSkipped());
    }
}
