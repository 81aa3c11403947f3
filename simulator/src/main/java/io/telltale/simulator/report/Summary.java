package io.telltale.simulator.report;

import java.util.Locale;
import java.util.stream.Collectors;

/// A report as text, for people.
public final class Summary {
    private Summary() {}

    public static String of(RunReport report) {
        var text = new StringBuilder();
        line(text, "sent", "%,d  (%,d again after a reconnect)".formatted(report.sent(), report.resent()));
        line(
                text,
                "acked",
                "%,d  (%,.0f messages/s, %,d points)"
                        .formatted(report.acked(), report.messagesPerSecond(), report.points()));
        line(text, "unacked", "%,d".formatted(report.unacked()));
        if (report.refused() > 0) {
            line(text, "refused", "%,d".formatted(report.refused()));
        }
        line(text, "unsent", "%,d".formatted(report.unsent()));
        line(text, "duplicates", "%,d".formatted(report.duplicates()));
        line(text, "malformed", "%,d".formatted(report.malformed()));
        if (report.odd() > 0) {
            line(text, "odd", "%,d".formatted(report.odd()));
        }
        line(
                text,
                "connections",
                "%,d failures, %,d reconnects".formatted(report.connectFailures(), report.reconnects()));
        latency(text, "latency ms", report.latencyMillis());
        report.observed().ifPresent(seen -> {
            seen.subscriberMillis().ifPresent(some -> latency(text, "subscriber", some));
            seen.pageMillis().ifPresent(some -> latency(text, "page", some));
            seen.storedMillis().ifPresent(some -> latency(text, "stored", some));
        });
        for (var stage : report.stages()) {
            latency(text, "  " + stage.name(), stage.latencyMillis());
        }
        if (!report.faults().isEmpty()) {
            var faults = report.faults().entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
            line(text, "faults", faults);
        }
        report.stored().ifPresent(stored -> line(text, "stored", stored(stored)));
        report.detection().ifPresent(found -> detection(text, found));
        for (var limit : report.limits()) {
            var verdict = limit.isKept() ? "kept" : "MISSED";
            line(text, verdict, limit.name() + " " + limit.limit() + ": " + limit.actual());
        }
        return text.toString();
    }

    private static String stored(Reconciliation stored) {
        return "%,d of %,d devices, %,d dead letters, %,d lost"
                .formatted(stored.messages(), stored.devices(), stored.deadLetters(), stored.lost());
    }

    private static void detection(StringBuilder text, Detection found) {
        line(
                text,
                "detection",
                "%,d of %,d reports false: %.3f a device-day, in %,.1f device-days"
                        .formatted(
                                found.falseReports(), found.reports(), found.falsePerDeviceDay(), found.deviceDays()));
        for (var alarm : found.alarms()) {
            line(text, "", "%s: %,d of %,d".formatted(alarm.kind(), alarm.falseReports(), alarm.reports()));
        }
        if (found.faults() == 0) {
            return;
        }
        text.append("%-13s%8s%8s%11s%8s%8s%13s%9s%n"
                .formatted("fault", "faults", "found", "precision", "recall", "F1", "delay p50", "p90"));
        for (var kind : found.kinds()) {
            text.append("%-13s%8s%8s%11.3f%8.3f%8.3f%11s s%7s s%n"
                    .formatted(
                            kind.kind().toLowerCase(Locale.ROOT).replace('_', ' '),
                            "%,d".formatted(kind.faults()),
                            "%,d".formatted(kind.found()),
                            kind.precision(),
                            kind.recall(),
                            kind.f1(),
                            "%,.0f".formatted(kind.delaySeconds()),
                            "%,.0f".formatted(kind.mostDelaysSeconds())));
        }
        text.append("%-13s%8s%8s%11.3f%8.3f%8.3f%n"
                .formatted(
                        "all",
                        "%,d".formatted(found.faults()),
                        "%,d".formatted(found.found()),
                        found.precision(),
                        found.recall(),
                        found.f1()));
    }

    private static void latency(StringBuilder text, String name, Quantiles millis) {
        var quantiles = "p50 %.1f  p90 %.1f  p99 %.1f  p99.9 %.1f  p99.99 %.1f  max %.1f"
                .formatted(millis.p50(), millis.p90(), millis.p99(), millis.p999(), millis.p9999(), millis.max());
        line(text, name, quantiles);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-13s".formatted(name)).append(value).append('\n');
    }
}
