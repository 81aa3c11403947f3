package io.telltale.devices.state;

import io.telltale.analytics.anomaly.Companions;
import io.telltale.analytics.anomaly.PeerGroup;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The metrics of one device, as many as the rules allow.
final class Metrics {
    private static final int FEW = 4;

    private final DeviceId device;
    private final DeviceRules rules;
    private final @Nullable PeerGroup peers;
    private final @Nullable Companions companions;
    private final Map<String, Metric> byName = new HashMap<>(FEW);
    private Map<String, Integer> strictness = Map.of(); // of its own only when people have said something
    private final List<Watch> watches = new ArrayList<>(0);

    Metrics(DeviceId device, DeviceRules rules, Peers peers) {
        this.device = device;
        this.rules = rules;
        var type = rules.types().of(device);
        this.peers = peers.of(type);
        companions = type.correlations() ? new Companions() : null;
    }

    /// Keeps the point if it is the latest.
    ///
    /// @return the metric; null when the device has as many as are kept and this is a further one
    @Nullable
    Metric see(Point point) {
        var known = byName.get(point.metric());
        if (known != null) {
            known.see(point);
        } else if (byName.size() < rules.maxMetrics()) {
            known = new Metric(point);
            byName.put(point.metric(), known);
        }
        return known;
    }

    @Nullable
    Metric named(String name) {
        return byName.get(name);
    }

    /// The watch over a metric, set up when there is none.
    Watch watch(String name, Metric metric) {
        var watch = metric.watch();
        if (watch == null) {
            watch = Watch.of(new SeriesKey(device, name), rules, peers);
            watch.detectors().strictness(strictnessOf(name));
            metric.watch(watch);
            watches.add(watch);
        }
        return watch;
    }

    /// A fresh point is judged, by itself and beside other metrics.
    void judge(Watch watch, Point.Numeric point, Consumer<Anomaly> found) {
        watch.detectors().add(point.eventTimeMillis(), point.value(), found);
        if (companions != null) {
            companions.see(watch.detectors(), point.eventTimeMillis(), point.value(), found);
        }
    }

    /// A fresh point is held against the device's peers.
    static void compare(Watch watch, Point.Numeric point, long nowMillis, Consumer<Anomaly> found) {
        var ofPeers = watch.peers();
        if (ofPeers != null) {
            ofPeers.add(nowMillis, point.value(), found);
        }
    }

    /// A message ends.
    void conclude(Consumer<Anomaly> found) {
        if (companions != null) {
            companions.conclude(found);
        }
    }

    /// The metrics that are held against each other; null where none are.
    @Nullable
    Companions companions() {
        return companions;
    }

    /// @param falseAlarms how many more anomalies of a metric were said to be false alarms than to be right; an
    /// empty name stands for what is said of all metrics
    void heed(String name, int falseAlarms) {
        if (strictness.isEmpty()) {
            strictness = new HashMap<>(FEW);
        }
        strictness.put(name, falseAlarms);
        byName.forEach((known, metric) -> {
            var watch = metric.watch();
            if (watch != null) {
                watch.detectors().strictness(strictnessOf(known));
            }
        });
    }

    /// Does it know what was said of this metric?
    boolean hasHeeded(String name) {
        return strictness.containsKey(name);
    }

    private int strictnessOf(String name) {
        return strictness.getOrDefault(name, 0) + strictness.getOrDefault("", 0);
    }

    /// All that are watched. Not to be changed by the caller.
    List<Watch> watches() {
        return watches;
    }

    Map<String, Metric> byName() {
        return byName;
    }

    List<Point> latest() {
        return byName.values().stream().map(Metric::latest).toList();
    }

    /// The watermark at which the next window closes; [Long#MAX_VALUE] when none is open.
    long nextCloseMillis() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < watches.size(); i++) {
            next = Math.min(next, watches.get(i).windows().nextCloseMillis());
        }
        return next;
    }

    /// Event time from which silence is found to be a gap; [Long#MAX_VALUE] when never.
    long silentFromMillis() {
        long from = Long.MAX_VALUE;
        for (int i = 0; i < watches.size(); i++) {
            from = Math.min(from, watches.get(i).detectors().silentFromMillis());
        }
        return from;
    }
}
