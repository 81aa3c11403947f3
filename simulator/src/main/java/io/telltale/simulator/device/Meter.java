package io.telltale.simulator.device;

import io.telltale.simulator.signal.DailyCycle;
import io.telltale.simulator.signal.Noise;
import io.telltale.simulator.signal.RandomWalk;
import io.telltale.simulator.signal.Signal;
import java.util.List;
import java.util.SplittableRandom;

/// An electricity meter: mains voltage, a current with the rhythm of the day, and the power that follows from both.
final class Meter implements Model {
    private static final List<Metric> METRICS =
            List.of(Metric.number("voltage", 2, 0.8), Metric.number("current", 3, 0.15), Metric.number("power", 1, 40));

    private final Signal voltage;
    private final Signal daily;
    private final Signal habit;

    Meter(SplittableRandom random) {
        voltage = new Noise(random.split(), 0.8);
        daily = new DailyCycle(4 + 3 * random.nextDouble(), 2, random.nextDouble());
        habit = new RandomWalk(random.split(), 0.1, 0.2);
    }

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public void sample(long millis, double[] values) {
        values[0] = 230 + voltage.at(millis);
        values[1] = Math.max(0, daily.at(millis) + habit.at(millis));
        values[2] = values[0] * values[1];
    }
}
