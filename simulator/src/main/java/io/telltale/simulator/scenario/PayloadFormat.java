package io.telltale.simulator.scenario;

/// How a message is written.
public enum PayloadFormat {
    /// `{"ts": 1, "temperature": 21.5}`
    FLAT,
    /// `{"ts": 1, "values": {"temperature": 21.5}}`
    NESTED,
    /// `[{"ts": 1, "temperature": 21.5}]`
    ARRAY,
    /// `1,21.5`: the time and the values in the order of the metrics. Not read by Telltale.
    CSV
}
