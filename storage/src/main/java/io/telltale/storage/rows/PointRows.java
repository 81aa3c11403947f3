package io.telltale.storage.rows;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Point;
import java.util.List;

final class PointRows extends Block {
    private final Bytes device = column("device", "String").values();
    private final Bytes metric = column("metric", "String").values();
    private final Bytes eventTime = column("event_time", "DateTime64(3, 'UTC')").values();
    private final Bytes value = column("value", "Float64").values();
    private final Bytes text = column("text", "String").values();

    PointRows() {
        super("points");
    }

    void add(DeviceId id, List<Point> points) {
        int from = device.size();
        device.putText(id.value());
        int to = device.size();
        for (int i = 0; i < points.size(); i++) {
            if (i > 0) {
                device.repeat(from, to);
            }
            Point point = points.get(i);
            metric.putText(point.metric());
            eventTime.putLong(point.eventTimeMillis());
            switch (point) {
                case Point.Numeric numeric -> {
                    value.putDouble(numeric.value());
                    text.putVarint(0);
                }
                case Point.Text words -> {
                    value.putDouble(Double.NaN);
                    text.putText(words.text());
                }
            }
            endRow();
        }
    }
}
