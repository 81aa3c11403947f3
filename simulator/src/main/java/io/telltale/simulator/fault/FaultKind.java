package io.telltale.simulator.fault;

/// What can be wrong with a series.
///
/// The numbers are how many messages an episode lasts, and how strong it is in spreads (sigmas) of its metric.
public enum FaultKind {
    /// One value far off.
    SPIKE(1, 1, 8, 20),
    /// Values leave in a straight line, reach full strength at the end, then are right again.
    DRIFT(60, 200, 6, 12),
    /// Values are off by a constant.
    LEVEL_SHIFT(50, 150, 6, 12),
    /// The first value is repeated.
    STUCK(30, 100, 0, 0),
    /// Values are right on average, but scatter.
    NOISE_BURST(30, 80, 4, 8),
    /// The device says nothing: no metric has values.
    GAP(20, 60, 0, 0);

    final int minMessages;
    final int maxMessages;
    final double minStrength;
    final double maxStrength;

    FaultKind(int minMessages, int maxMessages, double minStrength, double maxStrength) {
        this.minMessages = minMessages;
        this.maxMessages = maxMessages;
        this.minStrength = minStrength;
        this.maxStrength = maxStrength;
    }
}
