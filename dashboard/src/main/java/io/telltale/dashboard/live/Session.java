package io.telltale.dashboard.live;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// One browser's conflating buffer. The pipeline puts in what the browser watches and never waits; the browser's stream
/// takes out when it may send. However long that takes, the buffer stays within its bounds: of a row only that it
/// changed is kept, of points and anomalies the newest. Thread-safe.
final class Session {
    private static final int MAX_PROBLEMS = 8;
    private static final long NONE = Long.MAX_VALUE;

    private final int maxPoints;
    private final int maxAnomalies;
    private final Runnable wake;

    private Watch watch = Watch.NOTHING;
    private final ArrayDeque<String> problems = new ArrayDeque<>();
    private boolean overviewDue;
    private final Set<DeviceId> changedRows = new LinkedHashSet<>();
    private final Map<DeviceId, PointBuffer> points = new HashMap<>();
    private final ArrayDeque<Anomaly> anomalies = new ArrayDeque<>();
    private long anomaliesSkipped;
    private long oldestMillis = NONE;
    private boolean awake;
    private boolean closed;

    /// @param wake called once when there is something to take, and not again before it was taken; must not wait
    Session(LiveSettings settings, Runnable wake) {
        maxPoints = settings.maxPointsPerFrame();
        maxAnomalies = settings.maxAnomaliesPerFrame();
        this.wake = wake;
    }

    /// Replaces what is watched. What was watched before and still is loses nothing.
    synchronized void watch(Watch next) {
        watch = next;
        overviewDue = next.overview();
        changedRows.clear();
        changedRows.addAll(next.devices());
        points.keySet().retainAll(next.points());
        for (DeviceId device : next.points()) {
            points.computeIfAbsent(device, added -> new PointBuffer(maxPoints));
        }
        if (!next.anomalies()) {
            anomalies.clear();
            anomaliesSkipped = 0;
        }
        wakeUp();
    }

    synchronized Watch watched() {
        return watch;
    }

    synchronized void offer(Outcome.Processed outcome) {
        boolean changed = watch.devices().contains(outcome.device()) && changedRows.add(outcome.device());
        var buffer = points.get(outcome.device());
        if (buffer != null) {
            for (Point point : outcome.points()) {
                if (point instanceof Point.Numeric numeric) {
                    buffer.add(numeric.metric(), numeric.eventTimeMillis(), numeric.value());
                    changed = true;
                }
            }
        }
        if (changed) {
            oldestMillis = Math.min(oldestMillis, outcome.arrivalMillis());
            wakeUp();
        }
    }

    synchronized void offer(List<Anomaly> found) {
        if (!watch.anomalies()) {
            return;
        }
        for (Anomaly anomaly : found) {
            if (anomalies.size() == maxAnomalies) {
                anomalies.removeFirst();
                anomaliesSkipped++;
            }
            anomalies.addLast(anomaly);
        }
        wakeUp();
    }

    /// The overview is due, if it is watched.
    synchronized void offerOverview() {
        if (watch.overview()) {
            overviewDue = true;
            wakeUp();
        }
    }

    synchronized void offerProblem(String detail) {
        if (problems.size() == MAX_PROBLEMS) {
            problems.removeFirst();
        }
        problems.addLast(detail);
        wakeUp();
    }

    synchronized void close() {
        closed = true;
        wakeUp();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /// Takes everything out.
    synchronized Changes take() {
        var filled = new LinkedHashMap<DeviceId, PointBuffer>();
        points.replaceAll((device, buffer) -> {
            if (buffer.isEmpty()) {
                return buffer;
            }
            filled.put(device, buffer);
            return new PointBuffer(maxPoints);
        });
        var changes = new Changes(
                List.copyOf(problems),
                overviewDue,
                List.copyOf(changedRows),
                filled,
                List.copyOf(anomalies),
                anomaliesSkipped,
                oldestMillis == NONE ? OptionalLong.empty() : OptionalLong.of(oldestMillis));
        problems.clear();
        overviewDue = false;
        changedRows.clear();
        anomalies.clear();
        anomaliesSkipped = 0;
        oldestMillis = NONE;
        awake = false;
        return changes;
    }

    private void wakeUp() {
        if (!awake) {
            awake = true;
            wake.run();
        }
    }
}
