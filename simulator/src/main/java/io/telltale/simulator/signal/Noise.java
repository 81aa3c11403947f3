package io.telltale.simulator.signal;

import java.util.SplittableRandom;

/// White Gaussian noise around 0.
public record Noise(SplittableRandom random, double sigma) implements Signal {
    @Override
    public double at(long millis) {
        return sigma * random.nextGaussian();
    }
}
