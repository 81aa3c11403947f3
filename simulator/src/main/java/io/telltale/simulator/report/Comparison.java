package io.telltale.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Two runs side by side, as text.
public final class Comparison {
    private final RunReport before;
    private final RunReport after;
    private final List<String> lines = new ArrayList<>();

    private Comparison(RunReport before, RunReport after) {
        this.before = before;
        this.after = after;
    }

    public static String of(RunReport before, RunReport after) {
        return new Comparison(before, after).text();
    }

    private String text() {
        lines.add("%-24s %14s %14s %10s".formatted("", "before", "after", "change"));
        if (!before.scenario().equals(after.scenario())) {
            lines.add("other scenarios: " + before.scenario() + ", " + after.scenario());
        }
        number("sent", report -> (double) report.sent());
        number("acked", report -> (double) report.acked());
        number("unacked", report -> (double) report.unacked());
        number("unsent", report -> (double) report.unsent());
        number("reconnects", report -> (double) report.reconnects());
        number("messages/s", RunReport::messagesPerSecond);
        latency("ack", report -> Optional.of(report.latencyMillis()));
        for (int i = 0; i < Math.min(before.stages().size(), after.stages().size()); i++) {
            int stage = i;
            latency(
                    "ack, " + before.stages().get(i).name(),
                    report -> Optional.of(report.stages().get(stage).latencyMillis()));
        }
        latency("subscriber", report -> report.observed().flatMap(Observations::subscriberMillis));
        latency("page", report -> report.observed().flatMap(Observations::pageMillis));
        latency("store", report -> report.observed().flatMap(Observations::storedMillis));
        optional("stored", report -> report.stored().map(stored -> (double) stored.messages()));
        optional("lost", report -> report.stored().map(stored -> (double) stored.lost()));
        optional("precision", report -> report.detection().map(Detection::precision));
        optional("recall", report -> report.detection().map(Detection::recall));
        optional("F1", report -> report.detection().map(Detection::f1));
        optional("false a device-day", report -> report.detection().map(Detection::falsePerDeviceDay));
        kindsOfBoth().forEach(kind -> optional("F1, " + kind, report -> f1(report, kind)));
        return String.join("\n", lines) + "\n";
    }

    private List<String> kindsOfBoth() {
        return before.detection().stream()
                .flatMap(found -> found.kinds().stream())
                .map(Detection.Kind::kind)
                .toList();
    }

    private static Optional<Double> f1(RunReport report, String name) {
        return report.detection().stream()
                .flatMap(found -> found.kinds().stream())
                .filter(kind -> kind.kind().equals(name))
                .map(Detection.Kind::f1)
                .findFirst();
    }

    private void latency(String name, Function<RunReport, Optional<Quantiles>> of) {
        optional(name + " p50 ms", report -> of.apply(report).map(Quantiles::p50));
        optional(name + " p99 ms", report -> of.apply(report).map(Quantiles::p99));
        optional(name + " p99.9 ms", report -> of.apply(report).map(Quantiles::p999));
    }

    private void optional(String name, Function<RunReport, Optional<Double>> value) {
        var was = value.apply(before);
        var is = value.apply(after);
        if (was.isPresent() && is.isPresent()) {
            line(name, was.get(), is.get());
        }
    }

    private void number(String name, Function<RunReport, Double> value) {
        line(name, value.apply(before), value.apply(after));
    }

    private void line(String name, double was, double is) {
        var change = was == is ? "=" : was == 0 ? "new" : "%+.1f %%".formatted(100 * (is - was) / was);
        lines.add("%-24s %14s %14s %10s".formatted(name, plain(was), plain(is), change));
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? "%,d".formatted((long) value) : "%,.3f".formatted(value);
    }
}
