package io.telltale.simulator.device;

import io.telltale.simulator.signal.Battery;
import io.telltale.simulator.signal.Counter;
import io.telltale.simulator.signal.Signal;
import java.util.List;
import java.util.SplittableRandom;

/// A water meter as platforms are commonly load-tested with: a pulse counter, a leakage flag, a battery level.
final class SmartMeter implements Model {
    private static final List<Metric> METRICS =
            List.of(Metric.number("pulseCounter", 0, 3), Metric.flag("leakage"), Metric.steady("batteryLevel", 0));
    private static final long YEAR_MILLIS = 31_536_000_000L;
    private static final double LEAKAGE_PROBABILITY = 0.001;

    private final Signal pulses;
    private final Signal battery;
    private final SplittableRandom leaks;

    SmartMeter(SplittableRandom random) {
        pulses = new Counter(random.split(), random.nextLong(1_000_000, 2_000_000), 9);
        battery = new Battery(YEAR_MILLIS, random.nextLong(YEAR_MILLIS));
        leaks = random.split();
    }

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public void sample(long millis, double[] values) {
        values[0] = pulses.at(millis);
        values[1] = leaks.nextDouble() < LEAKAGE_PROBABILITY ? 1 : 0;
        values[2] = battery.at(millis);
    }
}
