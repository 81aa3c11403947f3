package io.telltale.simulator.report;

/// What a message is meant to be.
public enum MessageKind {
    /// Well-formed, with an event time that the device has not used before.
    TELEMETRY,
    /// The device's last acked telemetry once more, byte for byte: it must change nothing.
    DUPLICATE,
    /// Cut off on purpose: must become a dead letter.
    MALFORMED
}
