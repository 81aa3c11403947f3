package io.telltale.simulator.html;

import io.telltale.simulator.report.Detection;
import java.time.Instant;

/// What the page says of detection: how good it was, what it missed, and what it reported in error.
///
/// @param fromMillis event time of the beginning, `toMillis` of the end
record DetectionPart(Detection found, long fromMillis, long toMillis) {
    private static final int SHOWN = 20;

    String html() {
        var html = new StringBuilder(
                "<h2>Detection</h2><p>%s of %s faults found, %s of %s reports false, %.3f a device-day."
                        .formatted(
                                Text.whole(found.found()),
                                Text.whole(found.faults()),
                                Text.whole(found.falseReports()),
                                Text.whole(found.reports()),
                                found.falsePerDeviceDay()));
        if (found.faults() > 0) {
            html.append(kinds());
        }
        html.append(alarms());
        if (!found.missed().isEmpty()) {
            html.append("<h3>Missed, the first of them</h3>").append(missed());
        }
        if (!found.falseAlarms().isEmpty()) {
            html.append("<h3>False, the first of them</h3>").append(falseAlarms());
        }
        if (!found.shown().isEmpty()) {
            html.append(new TrackChart(found.shown(), fromMillis, toMillis).svg());
        }
        return html.toString();
    }

    private String kinds() {
        var table = new Table(
                "kind of fault", "faults", "found", "precision", "recall", "F1", "delay, median", "delay, 90 %");
        for (var kind : found.kinds()) {
            table.row(
                    kind.kind(),
                    Text.whole(kind.faults()),
                    Text.whole(kind.found()),
                    Text.percent(kind.precision()),
                    Text.percent(kind.recall()),
                    "%.3f".formatted(kind.f1()),
                    Text.seconds(kind.delaySeconds()),
                    Text.seconds(kind.mostDelaysSeconds()));
        }
        return table.row(
                        "all",
                        Text.whole(found.faults()),
                        Text.whole(found.found()),
                        Text.percent(found.precision()),
                        Text.percent(found.recall()),
                        "%.3f".formatted(found.f1()))
                .html();
    }

    private String alarms() {
        var table = new Table("kind of report", "reports", "false");
        for (var alarm : found.alarms()) {
            table.row(alarm.kind(), Text.whole(alarm.reports()), Text.whole(alarm.falseReports()));
        }
        return table.html();
    }

    private String missed() {
        var table = new Table("device", "metric", "fault", "size", "from", "to");
        for (var fault :
                found.missed().subList(0, Math.min(SHOWN, found.missed().size()))) {
            table.row(
                    fault.device(),
                    fault.metric(),
                    fault.kind(),
                    Text.number(fault.size()),
                    time(fault.startMillis()),
                    time(fault.endMillis()));
        }
        return table.html();
    }

    private String falseAlarms() {
        var table = new Table("device", "metric", "report", "at", "why");
        for (var alarm : found.falseAlarms()
                .subList(0, Math.min(SHOWN, found.falseAlarms().size()))) {
            table.row(alarm.device(), alarm.metric(), alarm.kind(), time(alarm.millis()), alarm.explanation());
        }
        return table.html();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
