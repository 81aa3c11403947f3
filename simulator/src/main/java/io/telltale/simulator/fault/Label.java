package io.telltale.simulator.fault;

import java.util.Locale;

/// One injected fault, with the first and the last event time it touched. What concerns all metrics of a device
/// has the metric `*`. The times of a gap are those of the first and the last message that was left out, those
/// of a wrong clock are the right ones.
///
/// @param size how far off at most, to which side: in spreads of the metric, a clock in seconds; 0 for what has no size
public record Label(String device, String metric, FaultKind kind, long startMillis, long endMillis, double size) {
    public static final String EVERY_METRIC = "*";

    /// What has no size.
    public Label(String device, String metric, FaultKind kind, long startMillis, long endMillis) {
        this(device, metric, kind, startMillis, endMillis, 0);
    }

    String json() {
        return "{\"device\":\"" + device + "\",\"metric\":\"" + metric + "\",\"kind\":\"" + kind + "\",\"startMillis\":"
                + startMillis + ",\"endMillis\":" + endMillis
                + (size == 0 ? "" : String.format(Locale.ROOT, ",\"size\":%.1f", size)) + "}";
    }
}
