package io.telltale.simulator.signal;

import java.util.SplittableRandom;

/// A walk around 0 that is pulled back, so that it wanders but never leaves: an Ornstein-Uhlenbeck process sampled
/// at its readings, with a standard deviation of `step / sqrt(1 - (1 - pull)^2)`.
public final class RandomWalk implements Signal {
    private final SplittableRandom random;
    private final double step;
    private final double pull;
    private double position;

    /// @param step standard deviation of one step
    /// @param pull 0 to 1: which share of the distance to 0 a step takes back
    public RandomWalk(SplittableRandom random, double step, double pull) {
        this.random = random;
        this.step = step;
        this.pull = pull;
    }

    @Override
    public double at(long millis) {
        position += step * random.nextGaussian() - pull * position;
        return position;
    }
}
