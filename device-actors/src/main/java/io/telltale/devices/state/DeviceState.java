package io.telltale.devices.state;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Outcome.Counts;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.analytics.model.Report;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.model.Silence;
import io.telltale.analytics.window.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One device: what it said, what follows from it. Time comes in with what is applied; nothing here looks at a clock.
///
/// Dedupe decides what is counted, never what is stored: every point of a report is in its outcome. Rollups and
/// anomalies are handed out until they are confirmed. Single-threaded.
public final class DeviceState {
    private static final long NEVER = Long.MIN_VALUE;
    private static final Comparator<Point> BY_EVENT_TIME = Comparator.comparingLong(Point::eventTimeMillis);

    private final DeviceId device;
    private final DeviceRules rules;
    private final Map<String, Metric> metrics = new HashMap<>();
    private final Pending pending = new Pending();

    /// Windows that the raw tail closed: perhaps handed out in an earlier life, perhaps not. The next outcome has them.
    private final List<Rollup> recovered = new ArrayList<>(0);

    private Presence presence = Presence.OFFLINE;
    private long firstSeenMillis = NEVER;
    private long lastArrivalMillis = NEVER;
    private long lastEventMillis = NEVER;
    private long watermarkMillis = NEVER;
    private long snapshotMillis;
    private boolean changed;
    private long dueMillis = Long.MAX_VALUE;

    public DeviceState(DeviceId device, DeviceRules rules) {
        this.device = device;
        this.rules = rules;
    }

    /// Takes over from an earlier life. To be called before anything is applied.
    public void restore(DeviceHistory history) {
        history.snapshot().ifPresent(this::restore);
        var bySeries = new HashMap<String, List<Rollup>>();
        for (Rollup rollup : history.rollups()) {
            bySeries.computeIfAbsent(rollup.series().metric(), _ -> new ArrayList<>())
                    .add(rollup);
        }
        bySeries.forEach((name, rollups) -> {
            var last = rollups.getLast();
            metric(new Point.Numeric(name, last.lastMillis(), last.lastValue()))
                    .ifPresent(metric -> metric.windows.restore(rollups, history.tailFromMillis()));
        });
        for (Point point : history.tail()) {
            lastEventMillis = Math.max(lastEventMillis, point.eventTimeMillis());
            watermarkMillis = Math.max(watermarkMillis, lastEventMillis);
            metric(point).ifPresent(metric -> {
                metric.see(point);
                if (point instanceof Point.Numeric number) {
                    metric.windows.add(number.eventTimeMillis(), number.value());
                    metric.windows.advance(watermarkMillis, 0, recovered::add);
                }
            });
        }
    }

    /// What follows from `inbound`, to be stored before it is acked.
    public Outcome.Processed apply(Inbound.ForDevice inbound) {
        var turn = new Turn(inbound.arrivalMillis());
        turn.rollups.addAll(recovered);
        recovered.clear();
        var before = presence;
        switch (inbound) {
            case Report report -> apply(report, turn);
            case PresenceReport report -> {
                heard(report.arrivalMillis());
                presence = report.online() ? Presence.ONLINE : Presence.OFFLINE;
            }
            case Silence _ -> apply(turn);
        }
        pending.reclaim(turn.nowMillis - rules.resendAfter().toMillis(), turn.rollups, turn.anomalies);
        long mark = pending.handOut(turn.nowMillis, turn.rollups, turn.anomalies);
        var snapshot = snapshotIfDue(turn.nowMillis, presence != before);
        var points = inbound instanceof Report report ? report.points() : List.<Point>of();
        dueMillis = inbound instanceof Silence ? exactlyDue() : soonestDue();
        return new Outcome.Processed(
                device, turn.nowMillis, presence, points, turn.rollups, turn.anomalies, snapshot, turn.counts(), mark);
    }

    /// The results handed out with this mark are stored.
    public void confirm(long mark) {
        pending.confirm(mark);
    }

    /// Processing time from which a [Silence] may change something; never before it.
    public long dueMillis() {
        return dueMillis;
    }

    /// Whether this state may be dropped and be restored from the store later without a difference.
    public boolean isPassive(long nowMillis) {
        if (lastArrivalMillis == NEVER) {
            return true;
        }
        boolean idle = nowMillis - lastArrivalMillis >= rules.passivateAfter().toMillis();
        return idle && !changed && pending.isEmpty() && nextCloseMillis() == Long.MAX_VALUE;
    }

    /// One application of one inbound element.
    private static final class Turn {
        final long nowMillis;
        final List<Rollup> rollups = new ArrayList<>(0);
        final List<Anomaly> anomalies = new ArrayList<>(0);
        int duplicates;
        int corrections;
        int late;

        Turn(long nowMillis) {
            this.nowMillis = nowMillis;
        }

        void count(Verdict verdict) {
            switch (verdict) {
                case FRESH -> {}
                case DUPLICATE -> duplicates++;
                case CORRECTION -> corrections++;
                case LATE -> late++;
            }
        }

        Counts counts() {
            return duplicates + corrections + late == 0 ? Counts.NONE : new Counts(duplicates, corrections, late);
        }
    }

    private void apply(Report report, Turn turn) {
        heard(report.arrivalMillis());
        presence = Presence.ONLINE;
        for (Point point : inEventTimeOrder(report.points())) {
            metric(point).ifPresent(metric -> take(point, metric, turn));
        }
        advance(turn);
    }

    private void take(Point point, Metric metric, Turn turn) {
        metric.see(point);
        long eventTime = point.eventTimeMillis();
        lastEventMillis = Math.max(lastEventMillis, eventTime);
        switch (point) {
            case Point.Text _ -> watermarkMillis = Math.max(watermarkMillis, eventTime);
            case Point.Numeric number -> turn.count(judge(number, metric, turn));
        }
    }

    private Verdict judge(Point.Numeric point, Metric metric, Turn turn) {
        long eventTime = point.eventTimeMillis();
        if (watermarkMillis != NEVER
                && eventTime
                        < watermarkMillis - rules.windows().allowedLateness().toMillis()) {
            return Verdict.LATE;
        }
        var verdict = metric.windows.add(eventTime, point.value());
        watermarkMillis = Math.max(watermarkMillis, eventTime);
        metric.windows.advance(watermarkMillis, turn.nowMillis, turn.rollups::add);
        if (verdict == Verdict.FRESH) {
            metric.detectors.add(eventTime, point.value(), turn.anomalies::add);
        }
        return verdict;
    }

    private void apply(Turn turn) {
        if (lastArrivalMillis == NEVER) {
            return;
        }
        long silentMillis = turn.nowMillis - lastArrivalMillis;
        if (presence == Presence.ONLINE && silentMillis >= rules.staleAfter().toMillis()) {
            presence = Presence.STALE;
        }
        if (presence == Presence.STALE && silentMillis >= rules.offlineAfter().toMillis()) {
            presence = Presence.OFFLINE;
        }
        if (lastEventMillis == NEVER) {
            return;
        }
        watermarkMillis = Math.max(
                watermarkMillis,
                lastEventMillis + silentMillis - rules.silenceGrace().toMillis());
        advance(turn);
        for (Metric metric : metrics.values()) {
            metric.detectors.silence(lastEventMillis + silentMillis, turn.anomalies::add);
        }
    }

    private void advance(Turn turn) {
        for (Metric metric : metrics.values()) {
            metric.windows.advance(watermarkMillis, turn.nowMillis, turn.rollups::add);
        }
    }

    private void heard(long arrivalMillis) {
        if (firstSeenMillis == NEVER) {
            firstSeenMillis = arrivalMillis;
        }
        lastArrivalMillis = Math.max(lastArrivalMillis, arrivalMillis);
        changed = true;
    }

    /// Empty when the device has as many metrics as are watched.
    private Optional<Metric> metric(Point point) {
        var known = metrics.get(point.metric());
        if (known == null && metrics.size() < rules.maxMetrics()) {
            known = new Metric(new SeriesKey(device, point.metric()), rules, point);
            metrics.put(point.metric(), known);
        }
        return Optional.ofNullable(known);
    }

    private static List<Point> inEventTimeOrder(List<Point> points) {
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).eventTimeMillis() < points.get(i - 1).eventTimeMillis()) {
                var sorted = new ArrayList<>(points);
                sorted.sort(BY_EVENT_TIME); // stable: of two at the same time the later in the payload counts
                return sorted;
            }
        }
        return points;
    }

    private Optional<DeviceSnapshot> snapshotIfDue(long nowMillis, boolean presenceChanged) {
        boolean old = nowMillis - snapshotMillis >= rules.snapshotEvery().toMillis();
        boolean due = presenceChanged || (changed && old);
        if (!due || firstSeenMillis == NEVER) {
            return Optional.empty();
        }
        snapshotMillis = nowMillis;
        changed = false;
        return Optional.of(new DeviceSnapshot(
                device,
                presence,
                firstSeenMillis,
                lastArrivalMillis,
                lastEventMillis == NEVER ? 0 : lastEventMillis,
                metrics.values().stream().map(Metric::latest).toList(),
                DetectorMemory.write(metrics)));
    }

    private void restore(DeviceSnapshot snapshot) {
        presence = snapshot.presence();
        firstSeenMillis = snapshot.firstSeenMillis();
        lastArrivalMillis = snapshot.lastArrivalMillis();
        if (!snapshot.latest().isEmpty()) {
            lastEventMillis = snapshot.watermarkMillis();
            watermarkMillis = lastEventMillis;
        }
        snapshot.latest().forEach(this::metric);
        DetectorMemory.read(snapshot.detectors(), metrics);
    }

    /// Cheap and never too late: nothing happens in less than the silence grace, save a hand-out that is due again.
    private long soonestDue() {
        return Math.min(lastArrivalMillis + rules.silenceGrace().toMillis(), resendDue());
    }

    private long exactlyDue() {
        if (lastArrivalMillis == NEVER) {
            return Long.MAX_VALUE;
        }
        long due = resendDue();
        var patience = switch (presence) {
            case ONLINE -> rules.staleAfter();
            case STALE -> rules.offlineAfter();
            case OFFLINE -> rules.passivateAfter();
        };
        due = Math.min(due, lastArrivalMillis + patience.toMillis());
        if (changed) {
            due = Math.min(due, snapshotMillis + rules.snapshotEvery().toMillis());
        }
        long closes = nextCloseMillis();
        if (closes != Long.MAX_VALUE) {
            due = Math.min(
                    due,
                    lastArrivalMillis
                            + closes
                            - lastEventMillis
                            + rules.silenceGrace().toMillis());
        }
        for (Metric metric : metrics.values()) {
            long silentFrom = metric.detectors.silentFromMillis();
            if (silentFrom != Long.MAX_VALUE) {
                due = Math.min(due, lastArrivalMillis + silentFrom - lastEventMillis);
            }
        }
        return due;
    }

    private long resendDue() {
        long oldest = pending.oldestSentMillis();
        return oldest == Long.MAX_VALUE ? oldest : oldest + rules.resendAfter().toMillis() + 1;
    }

    private long nextCloseMillis() {
        long next = Long.MAX_VALUE;
        for (Metric metric : metrics.values()) {
            next = Math.min(next, metric.windows.nextCloseMillis());
        }
        return next;
    }
}
