package io.telltale.simulator.device;

import io.telltale.simulator.signal.DutyCycle;
import io.telltale.simulator.signal.Noise;
import io.telltale.simulator.signal.RandomWalk;
import io.telltale.simulator.signal.Signal;
import java.util.List;
import java.util.SplittableRandom;

/// A pump that runs and rests: load in percent and vibration in mm/s follow from whether it runs.
final class Pump implements Model {
    private static final List<Metric> METRICS =
            List.of(Metric.number("load", 1, 1.5), Metric.number("vibration", 3, 0.05), Metric.flag("running"));

    private final Signal duty;
    private final Signal work;
    private final Signal shaking;

    Pump(SplittableRandom random) {
        long periodMillis = random.nextLong(600_000, 3_600_000);
        duty = new DutyCycle(
                periodMillis, random.nextLong(periodMillis / 2, periodMillis), random.nextLong(periodMillis));
        work = new RandomWalk(random.split(), 1, 0.2);
        shaking = new Noise(random.split(), 0.05);
    }

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public void sample(long millis, double[] values) {
        double running = duty.at(millis);
        values[0] = running * Math.clamp(65 + work.at(millis), 0, 100);
        values[1] = Math.max(0, 0.3 + running * 2.2 + shaking.at(millis));
        values[2] = running;
    }
}
