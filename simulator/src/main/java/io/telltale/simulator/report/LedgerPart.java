package io.telltale.simulator.report;

import java.util.List;

/// The ledger of one event loop, or of several together, at one moment. Owned by whoever asked for it.
public final class LedgerPart {
    final Ledger.Counts counts;
    final Latencies latencies;

    LedgerPart(Ledger.Counts counts, Latencies latencies) {
        this.counts = counts;
        this.latencies = latencies;
    }

    /// @param parts at least one; the first becomes the sum
    public static LedgerPart sum(List<LedgerPart> parts) {
        var sum = parts.getFirst();
        for (var part : parts.subList(1, parts.size())) {
            sum.counts.add(part.counts);
            sum.latencies.add(part.latencies);
        }
        return sum;
    }

    public long unacked() {
        return counts.unacked();
    }
}
