package io.telltale.server.chaos;

import io.telltale.server.chaos.fleet.Fleet;
import io.telltale.server.chaos.oracle.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What a run showed.
///
/// @param blows how many of each kind were really dealt
/// @param recoveries from each kill or restart to the first ack that was not under way before
/// @param faults what went wrong beside the data, e.g. a server that ended by itself
public record ChaosReport(
        Fleet.Account account,
        Verdict verdict,
        Map<String, Long> blows,
        Duration longestOutage,
        List<Duration> recoveries,
        List<String> faults) {
    public ChaosReport {
        blows = Map.copyOf(blows);
        recoveries = recoveries.stream().sorted().toList();
        faults = List.copyOf(faults);
    }

    /// Whether nothing was lost, nothing counted twice, and nothing else went wrong.
    public boolean isGood() {
        return verdict.isGood() && faults.isEmpty() && account.acked() == account.messages();
    }

    /// The table, and below it what differs.
    @Override
    public String toString() {
        var text = new StringBuilder();
        line(text, "messages", account.messages());
        line(text, "sent", account.sent());
        line(text, "acked", account.acked());
        line(text, "stored", verdict.messages() - verdict.lost());
        line(text, "lost", verdict.lost());
        line(text, "duplicated", verdict.duplicated());
        line(text, "unexpected", verdict.unexpected());
        line(text, "wrong points", verdict.wrongPoints());
        line(text, "wrong windows", verdict.wrongWindows() + " of " + verdict.windows());
        line(text, "wrong anomalies", verdict.wrongAnomalies() + " of " + verdict.anomalies());
        line(text, "reconnects", account.reconnects());
        line(
                text,
                "blows",
                blows.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(blow -> blow.getValue() + " x " + blow.getKey())
                        .collect(Collectors.joining(", ")));
        line(text, "longest outage", seconds(longestOutage));
        line(text, "time to recover", recoveries.isEmpty() ? "-" : recovery());
        verdict.differences().forEach(difference -> text.append(difference).append('\n'));
        faults.forEach(fault -> text.append(fault).append('\n'));
        return text.toString();
    }

    private String recovery() {
        return "median %s, longest %s"
                .formatted(seconds(recoveries.get(recoveries.size() / 2)), seconds(recoveries.getLast()));
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(String.format(Locale.ROOT, "%-16s %s%n", name, value));
    }
}
