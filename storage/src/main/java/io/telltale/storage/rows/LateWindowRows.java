package io.telltale.storage.rows;

import io.telltale.analytics.model.LateWindow;
import java.util.HashSet;
import java.util.Set;

/// Each window once: a device that delivers an hour late says so with every message.
final class LateWindowRows extends Block {
    private final Bytes device = column("device", "String").values();
    private final Bytes metric = column("metric", "String").values();
    private final Bytes windowStart =
            column("window_start", "DateTime64(3, 'UTC')").values();
    private final Bytes width = column("width_millis", "UInt64").values();
    private final Bytes watermark = column("watermark", "DateTime64(3, 'UTC')").values();

    private final Set<LateWindow> present = new HashSet<>();

    LateWindowRows() {
        super("late_windows");
    }

    void add(LateWindow window) {
        var sameAtAnyTime = new LateWindow(window.series(), window.widthMillis(), window.startMillis(), 0);
        if (!present.add(sameAtAnyTime)) {
            return;
        }
        device.putText(window.series().device().value());
        metric.putText(window.series().metric());
        windowStart.putLong(window.startMillis());
        width.putLong(window.widthMillis());
        watermark.putLong(window.watermarkMillis());
        endRow();
    }

    @Override
    void clear() {
        super.clear();
        present.clear();
    }
}
