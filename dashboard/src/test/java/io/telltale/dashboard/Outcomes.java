package io.telltale.dashboard;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import io.telltale.analytics.model.SeriesKey;
import java.util.List;
import java.util.Optional;

/// Outcomes for tests, with what matters to the test and sane words for the rest.
public final class Outcomes {
    private Outcomes() {}

    public static Outcome.Processed heard(String device, long arrivalMillis, Point... points) {
        return outcome(device, arrivalMillis, Presence.ONLINE, List.of(points), List.of());
    }

    public static Outcome.Processed swept(String device, long arrivalMillis, Presence presence) {
        return outcome(device, arrivalMillis, presence, List.of(), List.of());
    }

    public static Outcome.Processed alarming(String device, long arrivalMillis, Anomaly... anomalies) {
        return outcome(device, arrivalMillis, Presence.ONLINE, List.of(), List.of(anomalies));
    }

    public static Outcome.Processed outcome(
            String device, long arrivalMillis, Presence presence, List<Point> points, List<Anomaly> anomalies) {
        return new Outcome.Processed(
                new DeviceId(device),
                arrivalMillis,
                presence,
                points,
                List.of(),
                anomalies,
                Optional.empty(),
                Outcome.Counts.NONE,
                0);
    }

    public static Point point(String metric, long eventTimeMillis, double value) {
        return new Point.Numeric(metric, eventTimeMillis, value);
    }

    public static Point text(String metric, long eventTimeMillis, String text) {
        return new Point.Text(metric, eventTimeMillis, text);
    }

    public static Anomaly spike(String device, long eventTimeMillis) {
        return new Anomaly(
                new SeriesKey(new DeviceId(device), "temperature"),
                Anomaly.Kind.SPIKE,
                eventTimeMillis,
                eventTimeMillis,
                0.97,
                80,
                21,
                19,
                Double.POSITIVE_INFINITY,
                List.of("point"),
                "80 where 19 or more is usual");
    }

    public static DeviceSnapshot snapshot(String device, Presence presence, long lastArrivalMillis, Point... latest) {
        return new DeviceSnapshot(
                new DeviceId(device),
                presence,
                1000,
                lastArrivalMillis,
                lastArrivalMillis,
                List.of(latest),
                new byte[0]);
    }
}
