package io.telltale.devices.state;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.analytics.model.Replay;
import io.telltale.analytics.model.Report;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.Silence;
import java.util.List;
import java.util.Optional;

/// One device: what it said, what follows from it. Time comes in with what is applied; nothing here looks at a clock.
///
/// Dedupe decides what is counted, never what is stored: every point of a report is in its outcome. Rollups, anomalies
/// and snapshots are handed out until they are confirmed. Single-threaded.
public final class DeviceState {
    private static final long NEVER = Long.MIN_VALUE;

    private final DeviceId device;
    private final DeviceRules rules;
    private final Metrics metrics;
    private final Watermark watermark;
    private final Intake intake;
    private final Pending pending = new Pending();

    /// What an earlier life found and did not live to see stored. The next outcome has it.
    private List<Rollup> recoveredRollups = List.of();

    private List<Anomaly> recoveredAnomalies = List.of();

    private Presence presence = Presence.OFFLINE;
    private long firstSeenMillis = NEVER;
    private long lastArrivalMillis = NEVER;
    private long snapshotMillis = NEVER;
    private boolean changed;
    private long dueMillis = Long.MAX_VALUE;

    /// A device without peers.
    public DeviceState(DeviceId device, DeviceRules rules) {
        this(device, rules, new Peers(rules.types()));
    }

    /// @param peers shared by the devices of this node
    public DeviceState(DeviceId device, DeviceRules rules, Peers peers) {
        this.device = device;
        this.rules = rules;
        metrics = new Metrics(device, rules, peers);
        watermark = new Watermark(rules.windows().allowedLateness(), rules.silenceGrace());
        intake = new Intake(metrics, watermark, rules.windows());
    }

    /// Takes over from an earlier life. To be called before anything is applied.
    public void restore(DeviceHistory history) {
        history.strictness().forEach((metric, falseAlarms) -> {
            if (!metrics.hasHeeded(metric)) { // what was heard while the history was read is newer
                metrics.heed(metric, falseAlarms);
            }
        });
        history.snapshot().ifPresent(this::restore);
        var rebuild = new Rebuild(metrics, watermark);
        rebuild.run(history);
        recoveredRollups = rebuild.rollups();
        recoveredAnomalies = rebuild.anomalies();
        if (history.snapshot().isEmpty() && watermark.isKnown()) {
            missSnapshot();
        }
        dueMillis = exactlyDue();
    }

    /// It died so young that its points are all there is of it: its own clock has to do for ours.
    private void missSnapshot() {
        presence = Presence.STALE;
        firstSeenMillis = watermark.greatestMillis();
        lastArrivalMillis = firstSeenMillis;
        watermark.hear(lastArrivalMillis);
        changed = true;
    }

    private void restore(DeviceSnapshot snapshot) {
        presence = snapshot.presence();
        firstSeenMillis = snapshot.firstSeenMillis();
        lastArrivalMillis = snapshot.lastArrivalMillis();
        watermark.hear(lastArrivalMillis);
        snapshot.latest().forEach(metrics::see);
        DetectorMemory.read(snapshot.detectors(), metrics);
    }

    /// What follows from `inbound`, to be stored before it is acked.
    public Outcome.Processed apply(Inbound.ForDevice inbound) {
        var turn = new Turn(inbound.arrivalMillis());
        turn.takeOver(recoveredRollups, recoveredAnomalies);
        recoveredRollups = List.of();
        recoveredAnomalies = List.of();
        var before = presence;
        switch (inbound) {
            case Report report -> {
                presence = Presence.ONLINE;
                heard(report.arrivalMillis());
                intake.take(report.points(), report.arrivalMillis(), turn);
            }
            case PresenceReport report -> {
                heard(report.arrivalMillis());
                presence = report.online() ? Presence.ONLINE : Presence.OFFLINE;
            }
            case Silence _ -> silence(turn);
            case Replay replay -> {
                heard(replay.heardMillis());
                intake.take(replay.points(), replay.heardMillis(), turn);
            }
        }
        turn.conclude(metrics);
        // A message that comes again tells of a line that failed: what it closed the first time may have gone with it,
        // and must not be stored later than the message itself.
        long sentBefore = turn.sawRedelivery()
                ? Long.MAX_VALUE
                : turn.nowMillis - rules.resendAfter().toMillis();
        boolean snapshotLost = pending.reclaim(sentBefore, turn.rollups, turn.anomalies);
        var snapshot = snapshotIfDue(turn.nowMillis, presence != before || snapshotLost);
        long mark = pending.handOut(turn.nowMillis, turn.rollups, turn.anomalies, snapshot.isPresent());
        var points = pointsOf(inbound);
        dueMillis = points.isEmpty() ? exactlyDue() : soonestDue();
        return new Outcome.Processed(
                device,
                turn.nowMillis,
                presence,
                points,
                turn.rollups,
                turn.anomalies,
                intake.uncounted(device, turn),
                snapshot,
                turn.counts(),
                mark);
    }

    /// Adjusts how sure a metric's detectors must be, by what people said of its anomalies: `falseAlarms` more
    /// were said to be false alarms than to be right. An empty metric stands for what is said of all.
    public void heed(String metric, int falseAlarms) {
        metrics.heed(metric, falseAlarms);
    }

    /// The results handed out with this mark are stored.
    public void confirm(long mark) {
        pending.confirm(mark);
    }

    /// Processing time from which a [Silence] may change something; never after it.
    public long dueMillis() {
        return dueMillis;
    }

    /// Whether this state may be dropped and be restored from the store later without a difference.
    public boolean isPassive(long nowMillis) {
        if (lastArrivalMillis == NEVER) {
            return true;
        }
        boolean idle = nowMillis - lastArrivalMillis >= rules.passivateAfter().toMillis();
        return idle && !changed && pending.isEmpty() && metrics.nextCloseMillis() == Long.MAX_VALUE;
    }

    private static List<Point> pointsOf(Inbound.ForDevice inbound) {
        return switch (inbound) {
            case Report report -> report.points();
            case Replay replay -> replay.points();
            case PresenceReport _, Silence _ -> List.of();
        };
    }

    private void silence(Turn turn) {
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
        intake.silence(turn);
    }

    private void heard(long arrivalMillis) {
        if (firstSeenMillis == NEVER) {
            firstSeenMillis = arrivalMillis;
        }
        lastArrivalMillis = Math.max(lastArrivalMillis, arrivalMillis);
        changed = true;
    }

    private Optional<DeviceSnapshot> snapshotIfDue(long nowMillis, boolean atOnce) {
        long every = rules.snapshotEvery().toMillis();
        boolean first = snapshotMillis == NEVER;
        boolean due = atOnce || (changed && (first || nowMillis - snapshotMillis >= every));
        if (!due || firstSeenMillis == NEVER) {
            return Optional.empty();
        }
        // After a restart all devices speak at once; their next snapshots are to be spread.
        snapshotMillis = first ? nowMillis - Math.floorMod(device.hashCode(), every) : nowMillis;
        changed = false;
        return Optional.of(new DeviceSnapshot(
                device,
                presence,
                firstSeenMillis,
                lastArrivalMillis,
                watermark.isKnown() ? watermark.greatestMillis() : 0,
                metrics.latest(),
                DetectorMemory.write(metrics)));
    }

    /// Cheap and never too late: nothing happens in less than the silence grace, save a hand-out that is due again.
    private long soonestDue() {
        return Math.min(lastArrivalMillis + rules.silenceGrace().toMillis(), resendDue());
    }

    private long exactlyDue() {
        if (lastArrivalMillis == NEVER) {
            return Long.MAX_VALUE;
        }
        long due = Math.min(resendDue(), presenceDue());
        if (changed) {
            due = Math.min(due, snapshotMillis + rules.snapshotEvery().toMillis());
        }
        long closes = metrics.nextCloseMillis();
        if (closes != Long.MAX_VALUE) {
            due = Math.min(due, watermark.reaches(closes));
        }
        long silentFrom = metrics.silentFromMillis();
        if (silentFrom != Long.MAX_VALUE) {
            due = Math.min(due, watermark.arrivalOf(silentFrom));
        }
        // Passivation waits for all of the above, so it is not asked for before.
        return due == Long.MAX_VALUE
                ? lastArrivalMillis + rules.passivateAfter().toMillis()
                : due;
    }

    private long presenceDue() {
        return switch (presence) {
            case ONLINE -> lastArrivalMillis + rules.staleAfter().toMillis();
            case STALE -> lastArrivalMillis + rules.offlineAfter().toMillis();
            case OFFLINE -> Long.MAX_VALUE;
        };
    }

    private long resendDue() {
        long oldest = pending.oldestSentMillis();
        return oldest == Long.MAX_VALUE ? oldest : oldest + rules.resendAfter().toMillis() + 1;
    }
}
