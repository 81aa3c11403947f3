package io.telltale.simulator.signal;

import java.util.SplittableRandom;

/// What [Shape.Walk] makes.
final class RandomWalk implements Signal {
    private final SplittableRandom random;
    private final double mean;
    private final double step;
    private final double pull;
    private double distance;

    RandomWalk(SplittableRandom random, double mean, double step, double pull) {
        this.random = random;
        this.mean = mean;
        this.step = step;
        this.pull = pull;
    }

    @Override
    public double at(long millis) {
        distance += step * random.nextGaussian() - pull * distance;
        return mean + distance;
    }
}
