package io.telltale.analytics.window;

/// How one point was judged.
public enum Verdict {
    /// Counted.
    FRESH,
    /// Same event time and value as a point that was counted: changes nothing.
    DUPLICATE,
    /// Same event time as a point that was counted, another value: replaces it.
    CORRECTION,
    /// Behind the watermark by more than the allowed lateness: not counted here.
    LATE
}
