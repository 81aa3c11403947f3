package io.telltale.devices.state;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.telltale.analytics.anomaly.Detection;
import io.telltale.analytics.anomaly.Limits;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.analytics.model.Report;
import io.telltale.analytics.model.Silence;
import io.telltale.analytics.window.WindowSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A device and what a test tells of it. Times are seconds after noon, and its clock is ours.
final class TestDevice {
    static final DeviceId DEVICE = new DeviceId("meter-1");
    static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

    static final DeviceRules RULES = new DeviceRules(
            new WindowSettings(List.of(ofSeconds(10), ofMinutes(1), ofHours(1)), ofSeconds(30), 4096),
            1000,
            ofSeconds(15),
            ofMinutes(2),
            ofMinutes(10),
            ofMinutes(30),
            ofMinutes(1),
            ofMinutes(1),
            Detection.USUAL,
            Map.of("pressure", new Limits(0, 10, Double.POSITIVE_INFINITY)),
            new DeviceTypes(List.of(), ofMinutes(1)));

    final DeviceState state = new DeviceState(DEVICE, RULES);

    static Point point(long second, double value) {
        return point("temperature", second, value);
    }

    static Point point(String metric, long second, double value) {
        return new Point.Numeric(metric, NOON + second * 1000, value);
    }

    static Report report(long second, double value) {
        return report(second, List.of(point(second, value)));
    }

    static Report report(long second, List<Point> points) {
        return new Report(DEVICE, NOON + second * 1000, points);
    }

    Outcome.Processed say(long second, double value) {
        return say(second, List.of(point(second, value)));
    }

    Outcome.Processed say(String metric, long second, double value) {
        return say(second, List.of(point(metric, second, value)));
    }

    Outcome.Processed say(long second, List<Point> points) {
        return state.apply(report(second, points));
    }

    Outcome.Processed text(long second) {
        return say(second, List.of(new Point.Text("temperature", NOON + second * 1000, "n/a")));
    }

    Outcome.Processed status(long second, boolean online) {
        return state.apply(new PresenceReport(DEVICE, NOON + second * 1000, online));
    }

    Outcome.Processed silence(long second) {
        return state.apply(new Silence(DEVICE, NOON + second * 1000));
    }
}
