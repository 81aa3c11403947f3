package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Judges one series as it comes. An anomaly is reported once, where its episode begins, never once a point.
/// O(1) time and memory a point; single-threaded.
interface Detector {
    /// @param eventTimeMillis later than that of the point before
    void add(long eventTimeMillis, double value, Findings findings);

    /// Time has passed without a point.
    ///
    /// @param eventTimeMillis where the series would be by now
    default void silence(long eventTimeMillis, Findings findings) {}

    /// When [#silence] would find something; [Long#MAX_VALUE] when never.
    default long silentFromMillis() {
        return Long.MAX_VALUE;
    }

    void write(DataOutput out) throws IOException;

    void read(DataInput in) throws IOException;
}
