package io.telltale.simulator.report;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// How a run stands, for people who watch it: cheap enough to be asked for a few times a second.
///
/// @param sentPerSecond in the last full row of the timeline, a second in the first half hour; `ackedPerSecond`
/// and `latestMillis` likewise
/// @param waiting messages that are due and have not left
public record Glance(
        long connected,
        long connectFailures,
        long reconnects,
        long sent,
        long acked,
        long refused,
        long unacked,
        long waiting,
        double sentPerSecond,
        double ackedPerSecond,
        Quantiles latestMillis,
        Quantiles allMillis,
        double heapMib) {

    /// What one event loop has to say. Owned by whoever asked for it.
    ///
    /// @param latest the last full row; none in the first second
    public record Part(Ledger.Counts counts, Histogram latency, Timeline.@Nullable Row latest, double rowSeconds) {}

    /// @param parts at least one
    public static Glance of(List<Part> parts) {
        var counts = new Ledger.Counts();
        var all = Latencies.histogram();
        var latest = Latencies.histogram();
        double sent = 0;
        double acked = 0;
        double heapMib = 0;
        for (var part : parts) {
            counts.add(part.counts);
            all.add(part.latency);
            if (part.latest != null) {
                latest.add(part.latest.histogram());
                sent += part.latest.sent() / part.rowSeconds;
                acked += part.latest.acked() / part.rowSeconds;
                heapMib = Math.max(heapMib, part.latest.heapMib());
            }
        }
        return new Glance(
                counts.connected,
                counts.connectFailures,
                counts.reconnects,
                counts.sent,
                counts.acked,
                counts.refused,
                counts.unacked(),
                counts.unsent,
                sent,
                acked,
                Quantiles.of(latest),
                Quantiles.of(all),
                heapMib);
    }
}
