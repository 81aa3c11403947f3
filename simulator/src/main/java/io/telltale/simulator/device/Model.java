package io.telltale.simulator.device;

import java.util.List;

/// What a kind of device measures. One instance per device; ask with ascending times. Single-threaded.
sealed interface Model permits Meter, Thermometer, Pump, SmartMeter {
    List<Metric> metrics();

    /// Puts the values at `millis` into `values`, in the order of [#metrics()].
    void sample(long millis, double[] values);
}
