package io.telltale.simulator.signal;

/// A machine that runs for `onMillis` of every `periodMillis`: 1 while it runs, else 0.
public record DutyCycle(long periodMillis, long onMillis, long offsetMillis) implements Signal {
    public DutyCycle {
        if (periodMillis <= 0 || onMillis < 0 || onMillis > periodMillis || offsetMillis < 0) {
            throw new IllegalArgumentException("duty cycle: expected 0 <= on <= period and offset >= 0, got on "
                    + onMillis + " of " + periodMillis + " ms, offset " + offsetMillis);
        }
    }

    @Override
    public double at(long millis) {
        return (millis + offsetMillis) % periodMillis < onMillis ? 1 : 0;
    }
}
