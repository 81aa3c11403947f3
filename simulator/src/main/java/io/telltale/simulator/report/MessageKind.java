package io.telltale.simulator.report;

/// What a message is meant to be.
public enum MessageKind {
    /// Well-formed, with an event time that the device has not used before.
    TELEMETRY,
    /// The device's message before it once more, byte for byte: it must change nothing.
    DUPLICATE,
    /// Cut off on purpose: must become a dead letter.
    MALFORMED,
    /// Well-formed, but with a wrong time, which may be that of another message, or with a text for a number,
    /// which no series shows: whether it is stored cannot be told from the numbers.
    ODD
}
