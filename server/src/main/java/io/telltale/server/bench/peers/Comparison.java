package io.telltale.server.bench.peers;

import io.telltale.server.bench.ladder.Rung;
import io.telltale.server.bench.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What everybody reached.
///
/// @param ratios of one's highest rate to another's, by name
record Comparison(Machine machine, int devices, double rungSeconds, List<Result> results, Map<String, Double> ratios) {
    private static final String ROW = "%-20s %12s %10s %8s %8s %10s %10s %10s %12s %8s%n";

    /// @param messagesPerSecond the highest rate that was kept; 0 when none was
    record Result(String name, double messagesPerSecond, List<Rung> rungs) {
        static Result of(String name, List<Rung> rungs) {
            double highest = rungs.stream()
                    .filter(Rung::kept)
                    .mapToDouble(Rung::askedPerSecond)
                    .max()
                    .orElse(0);
            return new Result(name, highest, rungs);
        }

        private Optional<Rung> best() {
            return rungs.stream()
                    .filter(rung -> rung.kept() && rung.askedPerSecond() == messagesPerSecond)
                    .findFirst();
        }
    }

    static Comparison of(int devices, Duration rung, List<Result> results, Map<String, Double> ratios) {
        return new Comparison(Machine.here(), devices, rung.toMillis() / 1000.0, results, ratios);
    }

    /// For a person: a line each.
    String table() {
        var head = ROW.formatted("", "messages/s", "stored ms", "", "lost", "cores", "", "", "resident MiB", "")
                + ROW.formatted(
                        "", "kept", "p50", "p99", "", "contender", "mosquitto", "clickhouse", "contender", "all");
        return head
                + results.stream().map(Comparison::line).collect(Collectors.joining())
                + ratios.entrySet().stream()
                        .map(ratio -> "%s: %.2f%n".formatted(ratio.getKey(), ratio.getValue()))
                        .collect(Collectors.joining());
    }

    private static String line(Result result) {
        return result.best()
                .map(best -> ROW.formatted(
                        result.name(),
                        "%,.0f".formatted(best.askedPerSecond()),
                        "%.0f".formatted(best.storedMillis().get("p50")),
                        "%.0f".formatted(best.storedMillis().get("p99")),
                        best.lost(),
                        cores(best, "contender"),
                        cores(best, "mosquitto"),
                        cores(best, "clickhouse"),
                        "%.0f".formatted(best.residentMib().get("contender")),
                        "%.0f"
                                .formatted(best.residentMib().values().stream()
                                        .mapToDouble(mib -> mib)
                                        .sum())))
                .orElseGet(() -> "%-20s kept up with no rate that was tried%n".formatted(result.name()));
    }

    private static String cores(Rung rung, String part) {
        var cores = rung.busyCores().get(part);
        return cores == null ? "" : String.format(Locale.ROOT, "%.2f", cores);
    }
}
