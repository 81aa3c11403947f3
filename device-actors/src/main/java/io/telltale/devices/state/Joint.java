package io.telltale.devices.state;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.SeriesKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What the detectors of one device's metrics found at one time, put together, so that one event is not told as many.
///
/// When a machine says that it starts, the leap of its load is no news: what is found in a metric in the moment
/// in which a switch of the same device goes is left out. And a device that falls silent as a whole is one gap,
/// without a metric.
final class Joint {
    private static final double AT_ONCE_INTERVALS = 2;

    private Joint() {}

    static List<Anomaly> of(List<Anomaly> found, Metrics metrics) {
        if (found.isEmpty()) {
            return found;
        }
        var told = new ArrayList<Anomaly>(found.size());
        var odd = new ArrayList<Anomaly>(found.size());
        var gaps = new ArrayList<Anomaly>(0);
        for (Anomaly anomaly : found) {
            switch (anomaly.kind()) {
                case SPIKE, DRIFT, LEVEL_SHIFT, NOISE_BURST -> {
                    if (!wasSwitched(anomaly, metrics)) {
                        odd.add(anomaly);
                    }
                }
                case GAP -> gaps.add(anomaly);
                case CORRELATION -> {
                    if (!wasSwitched(anomaly, metrics)) {
                        told.add(anomaly);
                    }
                }
                case RATE_OF_CHANGE, STUCK, LIMIT, PEERS -> told.add(anomaly);
            }
        }
        while (!odd.isEmpty()) {
            told.add(takeFirst(odd));
        }
        if (gaps.size() > 1 && gaps.size() == metrics.watches().size()) {
            told.add(ofDevice(gaps));
        } else {
            told.addAll(gaps);
        }
        return told;
    }

    /// The oddest of those that are as old as the first, with all of whose time it takes away.
    private static Anomaly takeFirst(List<Anomaly> odd) {
        long timeMillis = odd.getFirst().eventTimeMillis();
        var oddest = odd.stream()
                .filter(anomaly -> anomaly.eventTimeMillis() == timeMillis)
                .max(Comparator.comparingDouble(Anomaly::score))
                .orElseThrow();
        var others = odd.stream()
                .filter(anomaly -> anomaly.eventTimeMillis() == timeMillis)
                .map(anomaly -> anomaly.series().metric())
                .filter(metric -> !metric.equals(oddest.series().metric()))
                .toList();
        odd.removeIf(anomaly -> anomaly.eventTimeMillis() == timeMillis);
        return others.isEmpty()
                ? oddest
                : with(
                        oddest,
                        oddest.series(),
                        oddest.explanation() + "; at the same time " + String.join(", ", others));
    }

    private static boolean wasSwitched(Anomaly anomaly, Metrics metrics) {
        var own = metrics.named(anomaly.series().metric());
        var ownWatch = own == null ? null : own.watch();
        if (ownWatch == null) {
            return false;
        }
        double atOnceMillis = AT_ONCE_INTERVALS * ownWatch.detectors().intervalMillis();
        for (var other : metrics.byName().entrySet()) {
            var watch = other.getValue().watch();
            if (watch != null && !other.getKey().equals(anomaly.series().metric())) {
                double switchedMillis = watch.detectors().switchedMillis();
                if (Math.abs(switchedMillis - anomaly.eventTimeMillis()) <= atOnceMillis) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Anomaly ofDevice(List<Anomaly> gaps) {
        var first = gaps.getFirst();
        for (Anomaly gap : gaps) {
            first = gap.eventTimeMillis() < first.eventTimeMillis() ? gap : first;
        }
        return with(first, new SeriesKey(first.series().device(), ""), first.explanation());
    }

    private static Anomaly with(Anomaly anomaly, SeriesKey series, String explanation) {
        return new Anomaly(
                series,
                anomaly.kind(),
                anomaly.eventTimeMillis(),
                anomaly.sinceMillis(),
                anomaly.score(),
                anomaly.observed(),
                anomaly.expected(),
                anomaly.lower(),
                anomaly.upper(),
                anomaly.evidence(),
                explanation);
    }
}
