package io.telltale.dashboard.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import io.telltale.dashboard.devices.DeviceDetails;
import io.telltale.dashboard.devices.DeviceListing;
import io.telltale.dashboard.devices.DeviceRow;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Devices as JSON.
public final class DeviceJson {
    private DeviceJson() {}

    public static String status(Presence presence) {
        return presence.name().toLowerCase(Locale.ROOT);
    }

    public static void page(JsonGenerator json, DeviceListing listing, int page, int size) throws IOException {
        json.writeStartObject();
        json.writeFieldName("items");
        rows(json, listing.rows());
        json.writeNumberField("total", listing.total());
        json.writeNumberField("page", page);
        json.writeNumberField("size", size);
        json.writeEndObject();
    }

    public static void rows(JsonGenerator json, List<DeviceRow> rows) throws IOException {
        json.writeStartArray();
        for (DeviceRow row : rows) {
            json.writeStartObject();
            fields(json, row);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    public static void details(JsonGenerator json, DeviceDetails device) throws IOException {
        json.writeStartObject();
        fields(json, device.row());
        json.writeNumberField("firstSeenMillis", device.firstSeenMillis());
        json.writeNumberField("duplicates", device.duplicates());
        json.writeNumberField("corrections", device.corrections());
        json.writeNumberField("late", device.late());
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, DeviceRow row) throws IOException {
        json.writeStringField("id", row.id().value());
        json.writeStringField("status", status(row.presence()));
        json.writeNumberField("lastSeenMillis", row.lastSeenMillis());
        if (row.lastEventTimeMillis().isPresent()) {
            json.writeNumberField(
                    "lastEventTimeMillis", row.lastEventTimeMillis().getAsLong());
        }
        json.writeNumberField("metrics", row.metrics());
        json.writeNumberField("anomaliesLastHour", row.anomaliesLastHour());
        json.writeArrayFieldStart("latest");
        for (Point point : row.latest()) {
            latest(json, point);
        }
        json.writeEndArray();
    }

    private static void latest(JsonGenerator json, Point point) throws IOException {
        json.writeStartObject();
        json.writeStringField("metric", point.metric());
        switch (point) {
            case Point.Numeric numeric -> json.writeNumberField("value", numeric.value());
            case Point.Text text -> json.writeStringField("text", text.text());
        }
        json.writeNumberField("eventTimeMillis", point.eventTimeMillis());
        json.writeEndObject();
    }
}
