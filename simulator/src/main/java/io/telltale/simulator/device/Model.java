package io.telltale.simulator.device;

import io.telltale.simulator.scenario.MetricSpec;
import io.telltale.simulator.signal.Signal;
import io.telltale.simulator.signal.Truth;
import java.util.List;
import java.util.SplittableRandom;

/// The metrics of one device: what each truly is, and what is measured of it.
final class Model implements Readings {
    private final MetricSpec[] specs;
    /// The metrics in an order in which each comes after those it follows.
    private final int[] order;
    private final Signal[][] signals;
    /// By metric: the one that it is multiplied with, or -1.
    private final int[] times;
    private final SplittableRandom noise;
    private final Truth truth;

    Model(List<MetricSpec> metrics, SplittableRandom random) {
        specs = metrics.toArray(MetricSpec[]::new);
        order = MetricSpec.inOrderOfNeed(metrics).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        truth = new Truth(metrics.stream().map(MetricSpec::name).toList());
        noise = random.split();
        long seed = random.nextLong();
        signals = new Signal[specs.length][];
        times = new int[specs.length];
        for (int i = 0; i < specs.length; i++) {
            signals[i] = specs[i].signals().stream()
                    .map(shape -> shape.of(random.split(), seed, truth))
                    .toArray(Signal[]::new);
            times[i] = specs[i].times().map(truth::indexOf).orElse(-1);
        }
    }

    @Override
    public void sample(long slot, long millis, double[] values) {
        for (int index : order) {
            var spec = specs[index];
            double sum = 0;
            for (var signal : signals[index]) {
                sum += signal.at(millis);
            }
            if (times[index] >= 0) {
                sum *= truth.get(times[index]);
            }
            double value = Math.clamp(sum, spec.min(), spec.max());
            truth.put(index, value);
            values[index] = measured(spec, value);
        }
    }

    private double measured(MetricSpec spec, double value) {
        double measured = spec.noise() == 0
                ? value
                : Math.clamp(value + spec.noise() * noise.nextGaussian(), spec.min(), spec.max());
        return spec.resolution() == 0 ? measured : Math.rint(measured / spec.resolution()) * spec.resolution();
    }
}
