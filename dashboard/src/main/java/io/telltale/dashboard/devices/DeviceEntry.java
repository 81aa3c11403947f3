package io.telltale.dashboard.devices;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the index keeps of one device. Its own lock guards it: writers of different devices never meet, and readers
/// see a row that was true at one moment.
final class DeviceEntry {
    private static final long NEVER = Long.MIN_VALUE;

    private final DeviceId id;
    private final LatestPoints latest = new LatestPoints();
    private Presence presence;
    private long presenceMillis;
    private long firstSeenMillis;
    private long lastSeenMillis;
    private long lastEventTimeMillis = NEVER;
    private long duplicates;
    private long corrections;
    private long late;
    private @Nullable RecentAnomalies anomalies;

    DeviceEntry(DeviceId id, Presence presence, long seenMillis, PresenceTally tally) {
        this.id = id;
        this.presence = presence;
        presenceMillis = seenMillis;
        firstSeenMillis = seenMillis;
        lastSeenMillis = seenMillis;
        tally.enter(presence);
    }

    DeviceId id() {
        return id;
    }

    /// A message was processed.
    ///
    /// @return the anomalies not seen before
    synchronized List<Anomaly> heard(Outcome.Processed outcome, int maxMetrics, long nowMillis, PresenceTally tally) {
        firstSeenMillis = Math.min(firstSeenMillis, outcome.arrivalMillis());
        lastSeenMillis = Math.max(lastSeenMillis, outcome.arrivalMillis());
        return swept(outcome, maxMetrics, nowMillis, tally);
    }

    /// A sweep or a replay was processed: the device itself has said nothing now.
    ///
    /// @return the anomalies not seen before
    synchronized List<Anomaly> swept(Outcome.Processed outcome, int maxMetrics, long nowMillis, PresenceTally tally) {
        var points = outcome.points();
        for (int i = 0; i < points.size(); i++) {
            keep(points.get(i), maxMetrics);
        }
        duplicates += outcome.counts().duplicates();
        corrections += outcome.counts().corrections();
        late += outcome.counts().late();
        believe(outcome.presence(), outcome.arrivalMillis(), tally);
        return outcome.anomalies().isEmpty() ? List.of() : unseen(outcome.anomalies(), nowMillis);
    }

    /// What was remembered from before; whatever has been heard since is newer and stays.
    synchronized void load(DeviceSnapshot snapshot, int maxMetrics, PresenceTally tally) {
        firstSeenMillis = Math.min(firstSeenMillis, snapshot.firstSeenMillis());
        lastSeenMillis = Math.max(lastSeenMillis, snapshot.lastArrivalMillis());
        believe(snapshot.presence(), snapshot.lastArrivalMillis(), tally);
        for (Point point : snapshot.latest()) {
            keep(point, maxMetrics);
        }
    }

    synchronized Presence presence() {
        return presence;
    }

    synchronized long lastSeenMillis() {
        return lastSeenMillis;
    }

    synchronized int anomaliesLastHour(long nowMillis) {
        return anomalies == null ? 0 : anomalies.lastHour(nowMillis);
    }

    synchronized DeviceRow row(int maxLatest, long nowMillis) {
        return new DeviceRow(
                id,
                presence,
                lastSeenMillis,
                lastEventTimeMillis == NEVER ? OptionalLong.empty() : OptionalLong.of(lastEventTimeMillis),
                latest.size(),
                anomaliesLastHour(nowMillis),
                latest.first(maxLatest));
    }

    synchronized DeviceDetails details(long nowMillis) {
        return new DeviceDetails(row(Integer.MAX_VALUE, nowMillis), firstSeenMillis, duplicates, corrections, late);
    }

    private void keep(Point point, int maxMetrics) {
        lastEventTimeMillis = Math.max(lastEventTimeMillis, point.eventTimeMillis());
        latest.offer(point, maxMetrics);
    }

    /// Message and sweep travel on different streams and may overtake each other: the newer by our clock is right.
    private void believe(Presence told, long toldMillis, PresenceTally tally) {
        if (toldMillis >= presenceMillis) {
            tally.move(presence, told);
            presence = told;
            presenceMillis = toldMillis;
        }
    }

    private List<Anomaly> unseen(List<Anomaly> told, long nowMillis) {
        if (anomalies == null) {
            anomalies = new RecentAnomalies();
        }
        var unseen = new ArrayList<Anomaly>(told.size());
        for (Anomaly anomaly : told) {
            if (anomalies.add(anomaly, nowMillis)) {
                unseen.add(anomaly);
            }
        }
        return unseen;
    }
}
