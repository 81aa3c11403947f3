package io.telltale.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/// Makes one report of those of several processes that ran together. Counts add up, and latencies come from the
/// whole histograms, so they are exact; only of the timeline is the p50 a mean and the p99 the greatest.
public final class Merger {
    private final List<RunReport> parts;

    private Merger(List<RunReport> parts) {
        this.parts = List.copyOf(parts);
    }

    /// @param parts at least one
    /// @throws IllegalArgumentException if they are not of one scenario
    public static RunReport merge(List<RunReport> parts) {
        var scenarios = parts.stream().map(RunReport::scenario).distinct().toList();
        if (scenarios.size() != 1) {
            throw new IllegalArgumentException("expected reports of one scenario, got " + String.join(", ", scenarios));
        }
        return new Merger(parts).merged();
    }

    private RunReport merged() {
        var first = parts.getFirst();
        var histograms = histograms();
        return new RunReport(
                first.scenario(),
                first.seed(),
                first.server(),
                parts.stream().allMatch(RunReport::isComplete),
                (int) sum(RunReport::sources),
                first.speed(),
                parts.stream().mapToLong(RunReport::startMillis).min().orElseThrow(),
                parts.stream().mapToLong(RunReport::endMillis).max().orElseThrow(),
                sum(RunReport::sent),
                sum(RunReport::resent),
                sum(RunReport::acked),
                sum(RunReport::refused),
                sum(RunReport::unacked),
                sum(RunReport::unsent),
                sum(RunReport::duplicates),
                sum(RunReport::malformed),
                sum(RunReport::odd),
                sum(RunReport::connectFailures),
                sum(RunReport::reconnects),
                sum(RunReport::points),
                quantiles(histograms, RunReport.LATENCY),
                quantiles(histograms, RunReport.SERVICE),
                Quantiles.rounded(
                        parts.stream().mapToDouble(RunReport::messagesPerSecond).sum()),
                first.stages().stream().map(stage -> stage(stage, histograms)).toList(),
                first.secondsPerRow(),
                timeline(),
                faults(),
                Observations.of(histograms),
                stored(),
                detection(),
                List.of(),
                encoded(histograms),
                parts.stream().flatMap(part -> part.devices().stream()).toList());
    }

    private long sum(ToLongFunction<RunReport> count) {
        return parts.stream().mapToLong(count).sum();
    }

    private Map<String, Histogram> histograms() {
        var sums = new TreeMap<String, Histogram>();
        for (var part : parts) {
            part.histograms()
                    .forEach((name, bytes) -> sums.computeIfAbsent(name, some -> Latencies.histogram())
                            .add(Timeline.decoded(bytes)));
        }
        return sums;
    }

    private static Map<String, byte[]> encoded(Map<String, Histogram> histograms) {
        var encoded = new TreeMap<String, byte[]>();
        histograms.forEach((name, histogram) -> encoded.put(name, Timeline.encoded(histogram)));
        return encoded;
    }

    private static Quantiles quantiles(Map<String, Histogram> histograms, String name) {
        return Quantiles.of(histograms.getOrDefault(name, Latencies.histogram()));
    }

    private static RunReport.StageRow stage(RunReport.StageRow stage, Map<String, Histogram> histograms) {
        return new RunReport.StageRow(
                stage.name(),
                stage.fromSecond(),
                stage.toSecond(),
                quantiles(histograms, RunReport.ofStage(stage.name())));
    }

    /// Processes that began within the same row of each other are taken as one; otherwise none would fit.
    private List<RunReport.TimeRow> timeline() {
        boolean isAlike =
                parts.stream().mapToDouble(RunReport::secondsPerRow).distinct().count() == 1;
        if (!isAlike) {
            return List.of();
        }
        long start = parts.stream().mapToLong(RunReport::startMillis).min().orElseThrow();
        var rows = new ArrayList<List<RunReport.TimeRow>>();
        for (var part : parts) {
            int at = (int) Math.round((part.startMillis() - start) / 1e3 / part.speed() / part.secondsPerRow());
            for (var row : part.timeline()) {
                while (rows.size() <= at) {
                    rows.add(new ArrayList<>());
                }
                rows.get(at++).add(row);
            }
        }
        return rows.stream().map(Merger::row).toList();
    }

    private static RunReport.TimeRow row(List<RunReport.TimeRow> rows) {
        long acked = rows.stream().mapToLong(RunReport.TimeRow::acked).sum();
        double weighted =
                rows.stream().mapToDouble(row -> row.p50() * row.acked()).sum();
        return new RunReport.TimeRow(
                rows.stream().mapToLong(RunReport.TimeRow::sent).sum(),
                acked,
                rows.stream().mapToLong(RunReport.TimeRow::connected).sum(),
                rows.stream().mapToLong(RunReport.TimeRow::unacked).sum(),
                acked == 0 ? 0 : Quantiles.rounded(weighted / acked),
                greatest(rows, RunReport.TimeRow::p99),
                greatest(rows, RunReport.TimeRow::max),
                Quantiles.rounded(
                        rows.stream().mapToDouble(RunReport.TimeRow::heapMib).sum()));
    }

    private static double greatest(List<RunReport.TimeRow> rows, ToDoubleFunction<RunReport.TimeRow> value) {
        return rows.stream().mapToDouble(value).max().orElse(0);
    }

    private Map<String, Long> faults() {
        var faults = new TreeMap<String, Long>();
        parts.forEach(part -> part.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum)));
        return faults;
    }

    private Optional<Detection> detection() {
        if (parts.stream().anyMatch(part -> part.detection().isEmpty())) {
            return Optional.empty();
        }
        var tally = new DetectionTally();
        parts.forEach(part -> part.detection().ifPresent(tally::add));
        return Optional.of(tally.detection());
    }

    private Optional<Reconciliation> stored() {
        if (parts.stream().anyMatch(part -> part.stored().isEmpty())) {
            return Optional.empty();
        }
        var all = parts.stream().flatMap(part -> part.stored().stream()).toList();
        return Optional.of(new Reconciliation(
                all.stream().mapToInt(Reconciliation::devices).sum(),
                all.stream().mapToLong(Reconciliation::messages).sum(),
                // Every process asked for all letters of the time.
                all.stream().mapToLong(Reconciliation::deadLetters).max().orElse(0),
                all.stream().mapToLong(Reconciliation::lost).sum(),
                all.stream().flatMap(one -> one.worst().stream()).toList()));
    }
}
