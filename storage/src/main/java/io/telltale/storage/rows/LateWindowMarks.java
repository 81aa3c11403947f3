package io.telltale.storage.rows;

import io.telltale.analytics.model.LateWindow;

/// Late windows that were looked at, under the time at which they were stored: if more late points came meanwhile,
/// their row is younger and stays.
final class LateWindowMarks extends Block {
    private final Bytes device = column("device", "String").values();
    private final Bytes metric = column("metric", "String").values();
    private final Bytes windowStart =
            column("window_start", "DateTime64(3, 'UTC')").values();
    private final Bytes width = column("width_millis", "UInt64").values();
    private final Bytes watermark = column("watermark", "DateTime64(3, 'UTC')").values();
    private final Bytes due = column("due", "DateTime64(3, 'UTC')").values();
    private final Bytes repaired = column("repaired", "UInt8").values();

    LateWindowMarks() {
        super("late_windows");
    }

    void add(LateWindow window, long dueMillis, boolean isRepaired, long storedAtMillis) {
        device.putText(window.series().device().value());
        metric.putText(window.series().metric());
        windowStart.putLong(window.startMillis());
        width.putLong(window.widthMillis());
        watermark.putLong(window.watermarkMillis());
        due.putLong(dueMillis);
        repaired.putVarint(isRepaired ? 1 : 0); // one byte
        endRow(storedAtMillis);
    }
}
