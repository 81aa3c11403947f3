package io.telltale.devices.state;

import io.telltale.analytics.anomaly.Limits;
import io.telltale.analytics.anomaly.SeriesDetectors;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.window.SeriesWindows;

/// The windows and the detectors of one series.
record Watch(SeriesWindows windows, SeriesDetectors detectors) {
    static Watch of(SeriesKey series, DeviceRules rules) {
        return new Watch(
                new SeriesWindows(series, rules.windows()),
                new SeriesDetectors(
                        series, rules.limits().getOrDefault(series.metric(), Limits.NONE), rules.detection()));
    }
}
