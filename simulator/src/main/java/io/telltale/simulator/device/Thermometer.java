package io.telltale.simulator.device;

import io.telltale.simulator.signal.Battery;
import io.telltale.simulator.signal.DailyCycle;
import io.telltale.simulator.signal.Noise;
import io.telltale.simulator.signal.RandomWalk;
import io.telltale.simulator.signal.Signal;
import java.util.List;
import java.util.SplittableRandom;

/// A room sensor on a battery: humidity falls where temperature rises.
final class Thermometer implements Model {
    private static final List<Metric> METRICS = List.of(
            Metric.number("temperature", 2, 0.1), Metric.number("humidity", 1, 0.5), Metric.steady("battery", 1));
    private static final long DAY_MILLIS = 86_400_000L;

    private final double meanTemperature;
    private final Signal room;
    private final Signal reading;
    private final Signal air;
    private final Signal battery;

    Thermometer(SplittableRandom random) {
        meanTemperature = random.nextDouble(18, 24);
        room = new DailyCycle(meanTemperature, random.nextDouble(1, 4), random.nextDouble());
        reading = new Noise(random.split(), 0.1);
        air = new RandomWalk(random.split(), 0.3, 0.2);
        battery = new Battery(400 * DAY_MILLIS, random.nextLong(400 * DAY_MILLIS));
    }

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public void sample(long millis, double[] values) {
        double warmth = room.at(millis);
        values[0] = warmth + reading.at(millis);
        values[1] = Math.clamp(50 - 3 * (warmth - meanTemperature) + air.at(millis), 0, 100);
        values[2] = battery.at(millis);
    }
}
