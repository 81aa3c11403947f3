package io.telltale.storage.rows;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Point;
import java.util.Arrays;
import java.util.List;

/// Of rows with one key the later counts. ClickHouse knows later batches by their time; inside a batch, which it does
/// not keep in order, a row whose key may have come before gets a time of its own, a nanosecond after the last
/// such. The others share one time, which costs nothing to store.
final class PointRows extends Block {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SeenKeys seen = new SeenKeys();
    private int[] again = new int[64];
    private int againSize;
    private final Bytes device = column("device", "String").values();
    private final Bytes metric = column("metric", "String").values();
    private final Bytes eventTime = column("event_time", "DateTime64(3, 'UTC')").values();
    private final Bytes value = column("value", "Float64").values();
    private final Bytes text = column("text", "String").values();

    PointRows() {
        super("points", "DateTime64(9, 'UTC')");
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
            if (seen.add(id.value().hashCode(), point.metric().hashCode(), point.eventTimeMillis())) {
                markAgain();
            }
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

    private void markAgain() {
        if (againSize == again.length) {
            again = Arrays.copyOf(again, 2 * againSize);
        }
        again[againSize++] = rows();
    }

    @Override
    void seal(long storedAtMillis, Bytes times) {
        long nanos = storedAtMillis * NANOS_PER_MILLI;
        int next = 0;
        for (int row = 0; row < rows(); row++) {
            if (next < againSize && again[next] == row) {
                next++;
                times.putLong(nanos + next);
            } else {
                times.putLong(nanos);
            }
        }
    }

    @Override
    void clear() {
        super.clear();
        seen.clear();
        againSize = 0;
    }
}
