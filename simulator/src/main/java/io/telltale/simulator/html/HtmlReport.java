package io.telltale.simulator.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telltale.simulator.report.Accounts;
import io.telltale.simulator.report.Detection;
import io.telltale.simulator.report.Quantiles;
import io.telltale.simulator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Writes the page of one run.
public final class HtmlReport {
    private static final int SHOWN_DEVICES = 20;

    private final RunReport report;
    private final StringBuilder page = new StringBuilder(1 << 16);

    private HtmlReport(RunReport report) {
        this.report = report;
    }

    public static void write(Path file, RunReport report) throws IOException {
        Files.writeString(file, new HtmlReport(report).page());
    }

    private String page() throws IOException {
        page.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\"")
                .append(" content=\"width=device-width\"><title>")
                .append(Text.escaped(report.scenario()))
                .append("</title><style>")
                .append(style())
                .append("</style><main>");
        head();
        limits();
        charts();
        latencies();
        ledger();
        report.detection().ifPresent(this::detection);
        return page.append("</main></html>\n").toString();
    }

    private static String style() throws IOException {
        try (var in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is not among the resources");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private void head() {
        page.append("<h1>").append(Text.escaped(report.scenario())).append("</h1><p class=\"sub\">");
        page.append(Text.escaped(report.server())).append(" &middot; ");
        page.append(Instant.ofEpochMilli(report.startMillis())).append(" &middot; ");
        page.append(Text.seconds((report.endMillis() - report.startMillis()) / 1e3));
        page.append(" &middot; seed ").append(report.seed());
        if (report.speed() != 1) {
            page.append(" &middot; at ").append(Text.number(report.speed())).append(" times the speed");
        }
        if (report.sources() > 1) {
            page.append(" &middot; ").append(report.sources()).append(" runs merged");
        }
        if (!report.isComplete()) {
            page.append(" &middot; <b>ended before its time</b>");
        }
        page.append("</p><div class=\"tiles\">");
        tile("sent", Text.whole(report.sent()), "");
        tile("acked", Text.whole(report.acked()), report.acked() == report.sent() ? "good" : "bad");
        tile("messages/s", Text.number(report.messagesPerSecond()), "");
        tile("p50", Text.number(report.latencyMillis().p50()) + " ms", "");
        tile("p99", Text.number(report.latencyMillis().p99()) + " ms", "");
        report.stored()
                .ifPresent(stored -> tile("lost", Text.whole(stored.lost()), stored.lost() == 0 ? "good" : "bad"));
        report.detection().ifPresent(found -> tile("F1", "%.2f".formatted(found.f1()), ""));
        page.append("</div>");
    }

    private void tile(String name, String value, String mood) {
        page.append("<div class=\"tile ").append(mood).append("\"><b>").append(value);
        page.append("</b><span>").append(name).append("</span></div>");
    }

    private void limits() {
        if (report.limits().isEmpty()) {
            return;
        }
        page.append("<h2>Limits</h2><table><tr><th>limit<th>asked<th>came<th>verdict</tr>");
        for (var limit : report.limits()) {
            row(limit.name(), limit.limit(), limit.actual(), limit.isKept() ? "kept" : "missed");
        }
        page.append("</table>");
    }

    private void charts() {
        if (report.timeline().isEmpty()) {
            return;
        }
        double seconds = report.secondsPerRow();
        chart(
                "Messages per second",
                "",
                false,
                line("sent", "c1", row -> row.sent() / seconds),
                line("acked", "c2", row -> row.acked() / seconds));
        chart(
                "Latency to the ack, from the intended time, of the acks that came then",
                "ms",
                true,
                line("p50", "c1", RunReport.TimeRow::p50),
                line("p99", "c2", RunReport.TimeRow::p99),
                line("max", "c3", RunReport.TimeRow::max));
        chart(
                "Connections and messages that wait for their ack",
                "",
                false,
                line("connections", "c1", RunReport.TimeRow::connected),
                line("waiting", "c3", RunReport.TimeRow::unacked));
        chart(
                "Heap of the simulator itself, as its latest collection left it",
                "MiB",
                false,
                line("heap", "c1", RunReport.TimeRow::heapMib));
    }

    private LineChart.Line line(String name, String color, ToDoubleFunction<RunReport.TimeRow> value) {
        return new LineChart.Line(
                name, color, report.timeline().stream().mapToDouble(value).toArray());
    }

    private void chart(String title, String unit, boolean isLog, LineChart.Line... lines) {
        page.append(new LineChart(title, unit, report.secondsPerRow(), isLog, List.of(lines)).svg());
    }

    private void latencies() {
        page.append(
                        "<h2>Latency in milliseconds</h2><table><tr><th>from the intended time to<th>messages<th>p50<th>p90")
                .append("<th>p99<th>p99.9<th>p99.99<th>max</tr>");
        quantiles("the ack", report.latencyMillis());
        report.observed().ifPresent(seen -> {
            seen.subscriberMillis().ifPresent(some -> quantiles("an MQTT subscriber", some));
            seen.pageMillis().ifPresent(some -> quantiles("an open page", some));
            seen.storedMillis().ifPresent(some -> quantiles("the store, by asking", some));
        });
        report.stages().forEach(stage -> quantiles("the ack, in stage " + stage.name(), stage.latencyMillis()));
        quantiles("(from the actual time, which hides stalls, to the ack)", report.serviceMillis());
        page.append("</table>");
    }

    private void quantiles(String name, Quantiles millis) {
        row(
                name,
                Text.whole(millis.count()),
                Text.number(millis.p50()),
                Text.number(millis.p90()),
                Text.number(millis.p99()),
                Text.number(millis.p999()),
                Text.number(millis.p9999()),
                Text.number(millis.max()));
    }

    private void ledger() {
        page.append("<h2>Ledger</h2><table><tr><th>what<th>messages</tr>");
        row("sent", Text.whole(report.sent()));
        row("sent again after a reconnect", Text.whole(report.resent()));
        row("acked", Text.whole(report.acked()));
        row("refused by the server", Text.whole(report.refused()));
        row("unacked", Text.whole(report.unacked()));
        row("due, but never sent", Text.whole(report.unsent()));
        row("deliberate duplicates, acked", Text.whole(report.duplicates()));
        row("deliberately malformed, acked", Text.whole(report.malformed()));
        row("with a wrong time or type, acked", Text.whole(report.odd()));
        report.stored().ifPresent(stored -> {
            row("stored", Text.whole(stored.messages()));
            row("dead letters", Text.whole(stored.deadLetters()));
            row("lost", Text.whole(stored.lost()));
        });
        report.faults().forEach((kind, count) -> row("faults: " + kind, Text.whole(count)));
        page.append("</table>");
        devices();
    }

    private void devices() {
        var worst = report.devices().stream()
                .filter(device -> device.intended() > answered(device))
                .sorted(Comparator.comparingLong(device -> answered(device) - device.intended()))
                .limit(SHOWN_DEVICES)
                .toList();
        if (worst.isEmpty()) {
            return;
        }
        page.append("<h3>Devices with most that was not acked</h3>")
                .append("<table><tr><th>device<th>intended<th>sent<th>acked</tr>");
        for (var device : worst) {
            row(device.id(), Text.whole(device.intended()), Text.whole(device.sent()), Text.whole(answered(device)));
        }
        page.append("</table>");
    }

    private static long answered(Accounts.Account device) {
        return device.acked() + device.duplicates() + device.malformed() + device.odd();
    }

    private void detection(Detection found) {
        page.append("<h2>Detection</h2><p>Precision ")
                .append(Text.percent(found.precision()))
                .append(", recall ")
                .append(Text.percent(found.recall()))
                .append(": ")
                .append(Text.whole(found.found()))
                .append(" of ")
                .append(Text.whole(found.faults()))
                .append(" faults found, ")
                .append(Text.whole(found.falseReports()))
                .append(" of ")
                .append(Text.whole(found.reports()))
                .append(" reports false, ")
                .append("%.3f".formatted(found.falsePerDeviceDay()))
                .append(
                        " a device-day.</p><table><tr><th>kind of fault<th>faults<th>found<th>precision<th>recall<th>F1")
                .append("<th>delay, median<th>delay, 90 %</tr>");
        for (var kind : found.kinds()) {
            row(
                    kind.kind(),
                    Text.whole(kind.faults()),
                    Text.whole(kind.found()),
                    Text.percent(kind.precision()),
                    Text.percent(kind.recall()),
                    "%.3f".formatted(kind.f1()),
                    Text.seconds(kind.delaySeconds()),
                    Text.seconds(kind.mostDelaysSeconds()));
        }
        page.append("</table><table><tr><th>kind of report<th>reports<th>false</tr>");
        for (var alarm : found.alarms()) {
            row(alarm.kind(), Text.whole(alarm.reports()), Text.whole(alarm.falseReports()));
        }
        page.append("</table>");
        if (!found.shown().isEmpty()) {
            page.append(new TrackChart(found.shown(), report.startMillis(), report.endMillis()).svg());
        }
    }

    private void row(String name, String... cells) {
        page.append("<tr><td>").append(Text.escaped(name));
        for (var cell : cells) {
            page.append("<td>").append(Text.escaped(cell));
        }
        page.append("</tr>");
    }
}
