package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Notices a value that leaves its long-term mean so slowly that no point of it is odd: the sum of how many
/// usual distances beyond two it is away, on either side, a CUSUM (Page, "Continuous inspection schemes",
/// Biometrika 41 (1954)) whose reference follows over some two hundred points. What comes and goes in a cycle
/// is its own usual distance. O(1).
final class Leaving {
    private static final int FOLLOWING = 200;
    private static final int SPREADING = 1000;
    private static final int TRUSTING = 100;
    private static final double IGNORED_SIGMAS = 2;
    private static final double MOST_SIGMAS = 8;

    private final Spread spread = new Spread(SPREADING);
    private Mean mean = new Mean(FOLLOWING);
    private float above;
    private float below;
    private short seen;

    /// @param floor what counts as no distance
    void add(double value, double floor) {
        double distance = value - mean.value();
        if (seen >= TRUSTING) {
            double sigma = Math.max(Scale.SIGMAS_PER_MEAN_MISS * spread.value(), floor);
            double sigmas = Math.clamp(distance / sigma, -MOST_SIGMAS, MOST_SIGMAS);
            above = (float) Math.max(0, above + sigmas - IGNORED_SIGMAS);
            below = (float) Math.max(0, below - sigmas - IGNORED_SIGMAS);
        } else {
            seen++;
        }
        spread.add(distance, floor);
        mean.add(value);
    }

    /// How far it has got, in sigmas times points.
    double sum() {
        return Math.max(above, below);
    }

    /// The series has leapt: that is told by itself, and its new level is where it starts from.
    void restart() {
        mean = new Mean(FOLLOWING);
        above = 0;
        below = 0;
    }

    /// What it leaves.
    double from() {
        return mean.value();
    }

    void write(DataOutput out) throws IOException {
        spread.write(out);
        mean.write(out);
        out.writeFloat(above);
        out.writeFloat(below);
        out.writeShort(seen);
    }

    void read(DataInput in) throws IOException {
        spread.read(in);
        mean.read(in);
        above = in.readFloat();
        below = in.readFloat();
        seen = in.readShort();
    }
}
