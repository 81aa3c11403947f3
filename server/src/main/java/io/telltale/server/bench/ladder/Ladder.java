package io.telltale.server.bench.ladder;

import java.util.OptionalDouble;

/// Which rate to try next, to find the highest that is kept up with: twice the last while all goes well, then the
/// middle of what was kept and what was not, until the two are close. Not thread-safe.
public final class Ladder {
    private static final double STEP = 500;
    private static final double LOWEST = 100;

    private final double highest;
    private final double within;
    private double next;
    private double kept;
    private double missed = Double.POSITIVE_INFINITY;

    /// @param first rate to try, messages a second
    /// @param highest not to go beyond
    /// @param within how near the two are in the end: 0.1 is a tenth
    public Ladder(double first, double highest, double within) {
        this.next = Math.min(first, highest);
        this.highest = highest;
        this.within = within;
    }

    /// Empty when there is nothing more to find out.
    OptionalDouble next() {
        boolean close = kept >= highest || kept * (1 + within) >= missed || missed <= LOWEST;
        boolean done = close || next <= kept || next >= missed; // rounded, it may be one of them
        return done ? OptionalDouble.empty() : OptionalDouble.of(next);
    }

    void climbed(double rate, boolean isKept) {
        if (isKept) {
            kept = Math.max(kept, rate);
        } else {
            missed = Math.min(missed, rate);
        }
        double up = Double.isInfinite(missed) ? Math.min(highest, 2 * kept) : (kept + missed) / 2;
        next = up < 4 * STEP ? up : Math.round(up / STEP) * STEP;
    }
}
