package io.telltale.simulator.signal;

import java.util.SplittableRandom;

/// What [Shape.Counter] makes.
final class Count implements Signal {
    private final SplittableRandom random;
    private final int maxStep;
    private long count;

    Count(SplittableRandom random, long start, int maxStep) {
        this.random = random;
        this.count = start;
        this.maxStep = maxStep;
    }

    @Override
    public double at(long millis) {
        count += random.nextInt(maxStep + 1);
        return count;
    }
}
