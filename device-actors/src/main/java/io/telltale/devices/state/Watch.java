package io.telltale.devices.state;

import io.telltale.analytics.anomaly.Limits;
import io.telltale.analytics.anomaly.PeerGroup;
import io.telltale.analytics.anomaly.PeerJudge;
import io.telltale.analytics.anomaly.SeriesDetectors;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.window.SeriesWindows;
import org.jspecify.annotations.Nullable;

/// The windows and the detectors of one series.
///
/// @param peers null where devices are not held against each other
record Watch(
        SeriesWindows windows,
        SeriesDetectors detectors,
        @Nullable PeerJudge peers) {
    static Watch of(SeriesKey series, DeviceRules rules, @Nullable PeerGroup peers) {
        var limits = rules.limits().getOrDefault(series.metric(), Limits.NONE);
        var detectors = new SeriesDetectors(series, limits, rules.detection());
        var ofMetric = peers == null ? null : peers.of(series.metric());
        return new Watch(
                new SeriesWindows(series, rules.windows()),
                detectors,
                ofMetric == null ? null : new PeerJudge(detectors, ofMetric, rules.detection()));
    }
}
