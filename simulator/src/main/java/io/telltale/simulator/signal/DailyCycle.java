package io.telltale.simulator.signal;

/// A sine with a period of 24 hours around `mean`, as temperatures and household loads have.
///
/// @param phase 0 to 1: which part of the day the cycle is ahead
public record DailyCycle(double mean, double amplitude, double phase) implements Signal {
    private static final long DAY_MILLIS = 86_400_000L;

    @Override
    public double at(long millis) {
        double dayShare = (double) (millis % DAY_MILLIS) / DAY_MILLIS;
        return mean + amplitude * Math.sin(2 * Math.PI * (dayShare + phase));
    }
}
