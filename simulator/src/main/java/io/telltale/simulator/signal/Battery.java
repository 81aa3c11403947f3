package io.telltale.simulator.signal;

/// A battery in percent: falls in a straight line from 100 to 10, is changed, falls again.
///
/// @param lifeMillis from full to change
/// @param ageMillis how old it was in 1970; gives every device its own place on the line
public record Battery(long lifeMillis, long ageMillis) implements Signal {
    @Override
    public double at(long millis) {
        double age = (double) ((millis + ageMillis) % lifeMillis) / lifeMillis;
        return 100 - 90 * age;
    }
}
