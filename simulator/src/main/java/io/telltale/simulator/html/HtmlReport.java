package io.telltale.simulator.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telltale.simulator.report.Accounts;
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
        report.detection()
                .ifPresent(found ->
                        page.append(new DetectionPart(found, report.startMillis(), report.endMillis()).html()));
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
        var table = new Table("limit", "asked", "came", "verdict");
        for (var limit : report.limits()) {
            table.row(limit.name(), limit.limit(), limit.actual(), limit.isKept() ? "kept" : "missed");
        }
        page.append("<h2>Limits</h2>").append(table.html());
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
        var table = new Table("from the intended time to", "messages", "p50", "p90", "p99", "p99.9", "p99.99", "max");
        quantiles(table, "the ack", report.latencyMillis());
        report.observed().ifPresent(seen -> {
            seen.subscriberMillis().ifPresent(some -> quantiles(table, "an MQTT subscriber", some));
            seen.pageMillis().ifPresent(some -> quantiles(table, "an open page", some));
            seen.storedMillis().ifPresent(some -> quantiles(table, "the store, by asking", some));
        });
        report.stages().forEach(stage -> quantiles(table, "the ack, in stage " + stage.name(), stage.latencyMillis()));
        quantiles(table, "(from the actual time, which hides stalls, to the ack)", report.serviceMillis());
        page.append("<h2>Latency in milliseconds</h2>").append(table.html());
    }

    private static void quantiles(Table table, String name, Quantiles millis) {
        table.row(
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
        var table = new Table("what", "messages");
        table.row("sent", Text.whole(report.sent()));
        table.row("sent again after a reconnect", Text.whole(report.resent()));
        table.row("acked", Text.whole(report.acked()));
        table.row("refused by the server", Text.whole(report.refused()));
        table.row("unacked", Text.whole(report.unacked()));
        table.row("due, but never sent", Text.whole(report.unsent()));
        table.row("deliberate duplicates, acked", Text.whole(report.duplicates()));
        table.row("deliberately malformed, acked", Text.whole(report.malformed()));
        table.row("with a wrong time or type, acked", Text.whole(report.odd()));
        report.stored().ifPresent(stored -> {
            table.row("stored", Text.whole(stored.messages()));
            table.row("dead letters", Text.whole(stored.deadLetters()));
            table.row("lost", Text.whole(stored.lost()));
        });
        report.faults().forEach((kind, count) -> table.row("faults: " + kind, Text.whole(count)));
        page.append("<h2>Ledger</h2>").append(table.html());
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
        var table = new Table("device", "intended", "sent", "acked");
        for (var device : worst) {
            table.row(
                    device.id(),
                    Text.whole(device.intended()),
                    Text.whole(device.sent()),
                    Text.whole(answered(device)));
        }
        page.append("<h3>Devices with most that was not acked</h3>").append(table.html());
    }

    private static long answered(Accounts.Account device) {
        return device.acked() + device.duplicates() + device.malformed() + device.odd();
    }
}
