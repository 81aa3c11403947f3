package io.telltale.simulator.fault;

/// One injected fault, with the first and the last event time it touched. What concerns all metrics of a device
/// has the metric `*`. The times of a gap are those of the first and the last message that was left out, those
/// of a wrong clock are the right ones.
public record Label(String device, String metric, FaultKind kind, long startMillis, long endMillis) {
    public static final String EVERY_METRIC = "*";

    String json() {
        return "{\"device\":\"" + device + "\",\"metric\":\"" + metric + "\",\"kind\":\"" + kind + "\",\"startMillis\":"
                + startMillis + ",\"endMillis\":" + endMillis + "}";
    }
}
