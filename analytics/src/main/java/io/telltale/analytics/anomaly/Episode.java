package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Lets one event speak once: after an oddity only a greater one passes, and what counts as greater sinks back to
/// nothing over the next [#POINTS] points. So a new event right behind another is heard when it is stronger, and soon
/// when it is not.
final class Episode {
    static final int POINTS = 200;
    private static final double GREATER = 0.1;

    private double peak;
    private double bar;

    /// @return the oddity if it is news, else 0
    double add(double oddity) {
        bar = Math.max(0, bar - peak / POINTS);
        if (oddity <= 0 || (bar > 0 && oddity <= bar + GREATER)) {
            return 0;
        }
        peak = oddity;
        bar = oddity;
        return oddity;
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat((float) peak);
        out.writeFloat((float) bar);
    }

    void read(DataInput in) throws IOException {
        peak = in.readFloat();
        bar = in.readFloat();
    }
}
