package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Lets one event speak once: after an oddity only a greater one passes, and what counts as greater sinks back to
/// nothing over the next [#POINTS] points. So a new event right behind another is heard when it is stronger, and soon
/// when it is not. What is great is followed by its own aftermath: for some [#AFTERMATH] points only what is as much
/// greater again as the first was beyond [SeriesScorer#ODD] passes.
final class Episode {
    static final int POINTS = 200;
    private static final int AFTERMATH = 8;
    private static final double FADING = Math.exp(-1.0 / AFTERMATH);
    private static final double GREATER = 0.1;

    private float peak;
    private float bar;
    private float aftermath;

    /// @return the oddity if it is news, else 0
    double add(double oddity) {
        bar = Math.max(0, bar - peak / POINTS);
        aftermath *= (float) FADING;
        if (oddity <= 0 || (bar > 0 && oddity <= bar + GREATER + aftermath)) {
            return 0;
        }
        peak = (float) oddity;
        bar = peak;
        aftermath = (float) Math.max(0, oddity - SeriesScorer.ODD);
        return oddity;
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(peak);
        out.writeFloat(bar);
        out.writeFloat(aftermath);
    }

    void read(DataInput in) throws IOException {
        peak = in.readFloat();
        bar = in.readFloat();
        aftermath = in.readFloat();
    }
}
