package io.telltale.simulator.signal;

import java.util.SplittableRandom;

/// A number that is the same for all devices, or drawn for each from a range, evenly.
public record Draw(double low, double high) {
    public Draw {
        if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException("expected a range from low to high, got " + low + " to " + high);
        }
    }

    public static Draw of(double value) {
        return new Draw(value, value);
    }

    double from(SplittableRandom random) {
        return low == high ? low : random.nextDouble(low, high);
    }

    double middle() {
        return (low + high) / 2;
    }
}
