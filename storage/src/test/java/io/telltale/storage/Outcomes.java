package io.telltale.storage;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.LateWindow;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.model.SketchBuckets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// Outcomes with sane defaults: a test states what matters to it.
public final class Outcomes {
    private Outcomes() {}

    public static Outcome.Processed points(String device, Point... points) {
        return processed(device, List.of(points), List.of(), List.of(), Optional.empty());
    }

    public static Outcome.Processed rollups(Rollup... rollups) {
        return processed(
                rollups[0].series().device().value(), List.of(), List.of(rollups), List.of(), Optional.empty());
    }

    public static Outcome.Processed anomalies(Anomaly... anomalies) {
        return processed(
                anomalies[0].series().device().value(), List.of(), List.of(), List.of(anomalies), Optional.empty());
    }

    public static Outcome.Processed snapshot(DeviceSnapshot snapshot) {
        return processed(snapshot.device().value(), List.of(), List.of(), List.of(), Optional.of(snapshot));
    }

    /// Points that their device did not count.
    public static Outcome.Processed late(
            String device, String metric, long widthMillis, long startMillis, long watermarkMillis, Point... points) {
        var series = new SeriesKey(new DeviceId(device), metric);
        return new Outcome.Processed(
                series.device(),
                System.currentTimeMillis(),
                Presence.ONLINE,
                List.of(points),
                List.of(),
                List.of(),
                List.of(new LateWindow(series, widthMillis, startMillis, watermarkMillis)),
                Optional.empty(),
                new Outcome.Counts(0, 0, points.length),
                0);
    }

    public static Outcome.Processed processed(
            String device,
            List<Point> points,
            List<Rollup> rollups,
            List<Anomaly> anomalies,
            Optional<DeviceSnapshot> snapshot) {
        return new Outcome.Processed(
                new DeviceId(device),
                System.currentTimeMillis(),
                Presence.ONLINE,
                points,
                rollups,
                anomalies,
                snapshot,
                Outcome.Counts.NONE,
                0);
    }

    public static Point number(String metric, long eventTimeMillis, double value) {
        return new Point.Numeric(metric, eventTimeMillis, value);
    }

    public static Point text(String metric, long eventTimeMillis, String text) {
        return new Point.Text(metric, eventTimeMillis, text);
    }

    /// Of a window that holds the one value.
    public static Rollup rollup(
            String device, String metric, long widthMillis, long windowStartMillis, long version, double value) {
        return new Rollup(
                new SeriesKey(new DeviceId(device), metric),
                widthMillis,
                windowStartMillis,
                version,
                Emission.CLOSED,
                1,
                value,
                value,
                value,
                value,
                0,
                windowStartMillis,
                value,
                windowStartMillis,
                value,
                new SketchBuckets(new int[] {-3, 7}, new int[] {1, 2}));
    }

    public static Anomaly anomaly(String device, long eventTimeMillis) {
        return new Anomaly(
                new SeriesKey(new DeviceId(device), "temperature"),
                Anomaly.Kind.SPIKE,
                eventTimeMillis,
                eventTimeMillis - 1000,
                0.9,
                50,
                20,
                18,
                22,
                List.of("point", "range"),
                "50 where about 20 was expected");
    }

    public static DeadLetter deadLetter(long arrivalMillis, String payload) {
        return new DeadLetter(
                UUID.randomUUID(),
                arrivalMillis,
                "listener",
                "telemetry/meter",
                payload.getBytes(StandardCharsets.UTF_8),
                DeadLetter.Reason.MALFORMED,
                "not JSON",
                OptionalInt.of(3),
                OptionalLong.empty());
    }
}
