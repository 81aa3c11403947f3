package io.telltale.analytics.anomaly;

/// What an engineer allows a metric to be.
///
/// @param min least value; negative infinity for none
/// @param max greatest value; infinity for none
/// @param maxRatePerSecond greatest change of the value in a second, either way; infinity for none
public record Limits(double min, double max, double maxRatePerSecond) {
    public static final Limits NONE =
            new Limits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Limits {
        if (!(min < max)) {
            throw new IllegalArgumentException("min: expected less than max (" + max + "), got " + min);
        }
        if (!(maxRatePerSecond > 0)) {
            throw new IllegalArgumentException("max rate: expected more than 0, got " + maxRatePerSecond);
        }
    }
}
