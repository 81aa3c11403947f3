package io.telltale.simulator.signal;

import java.util.SplittableRandom;

/// A counter as meters have: never falls, and grows by a random whole number at every reading.
public final class Counter implements Signal {
    private final SplittableRandom random;
    private final int maxStep;
    private long count;

    public Counter(SplittableRandom random, long start, int maxStep) {
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
