package io.telltale.simulator.scenario;

/// How a message says its time.
public enum TimeFormat {
    /// Milliseconds since 1970.
    MILLIS,
    /// `"2026-01-05T06:20:00.000Z"`
    ISO,
    /// Not at all.
    NONE
}
