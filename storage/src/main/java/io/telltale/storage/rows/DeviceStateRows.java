package io.telltale.storage.rows;

import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Point;

final class DeviceStateRows extends Block {
    private final Bytes device = column("device", "String").values();
    private final Bytes presence = column("presence", "String").values();
    private final Bytes firstSeen = column("first_seen", "DateTime64(3, 'UTC')").values();
    private final Bytes lastArrival =
            column("last_arrival", "DateTime64(3, 'UTC')").values();
    private final Bytes watermark = column("watermark", "DateTime64(3, 'UTC')").values();
    private final Column latestMetrics = column("latest_metrics", "Array(String)");
    private final Column latestTimes = column("latest_times", "Array(DateTime64(3, 'UTC'))");
    private final Column latestValues = column("latest_values", "Array(Float64)");
    private final Column latestTexts = column("latest_texts", "Array(String)");
    private final Bytes detectors = column("detectors", "String").values();

    DeviceStateRows() {
        super("device_state");
    }

    void add(DeviceSnapshot snapshot) {
        device.putText(snapshot.device().value());
        presence.putText(snapshot.presence().name());
        firstSeen.putLong(snapshot.firstSeenMillis());
        lastArrival.putLong(snapshot.lastArrivalMillis());
        watermark.putLong(snapshot.watermarkMillis());
        for (Point point : snapshot.latest()) {
            latestMetrics.values().putText(point.metric());
            latestTimes.values().putLong(point.eventTimeMillis());
            switch (point) {
                case Point.Numeric numeric -> {
                    latestValues.values().putDouble(numeric.value());
                    latestTexts.values().putVarint(0);
                }
                case Point.Text words -> {
                    latestValues.values().putDouble(Double.NaN);
                    latestTexts.values().putText(words.text());
                }
            }
        }
        int length = snapshot.latest().size();
        latestMetrics.endArray(length);
        latestTimes.endArray(length);
        latestValues.endArray(length);
        latestTexts.endArray(length);
        detectors.putBlob(snapshot.detectors());
        endRow();
    }
}
