package io.telltale.analytics.anomaly;

/// What sizes and improbabilities are told in.
final class Scale {
    /// Of a Gaussian the mean distance from its mean is a sigma divided by this: the square root of pi / 2.
    static final double SIGMAS_PER_MEAN_MISS = 1.2533;

    /// Half a band that one ordinary point in a thousand leaves.
    static final double BAND_SIGMAS = 3.3;

    private static final double MOST_DECADES = 15;

    private Scale() {}

    /// The score of an anomaly: below 1, as far as a double can tell.
    static double score(double decades) {
        return 1 - Math.pow(10, -Math.min(MOST_DECADES, decades));
    }
}
