package io.telltale.simulator.report;

import org.HdrHistogram.Histogram;

/// The ledger of a run in numbers; `docs/simulator.md` says what each counts.
public record LoadReport(
        long startMillis,
        long endMillis,
        long sent,
        long resent,
        long acked,
        long unacked,
        long unsent,
        long duplicates,
        long malformed,
        long connectFailures,
        long reconnects,
        long points,
        Latency latencyMillis,
        double messagesPerSecond) {

    /// From the intended time of sending to the PUBACK, so that a server that makes its senders wait cannot hide it.
    public record Latency(double p50, double p90, double p99, double p999, double max) {
        static Latency of(Histogram micros) {
            return new Latency(
                    micros.getValueAtPercentile(50) / 1e3,
                    micros.getValueAtPercentile(90) / 1e3,
                    micros.getValueAtPercentile(99) / 1e3,
                    micros.getValueAtPercentile(99.9) / 1e3,
                    micros.getMaxValue() / 1e3);
        }
    }

    /// For people.
    public String summary() {
        return """
                sent         %,d  (%,d again after a reconnect)
                acked        %,d  (%,.0f messages/s, %,d points)
                unacked      %,d
                unsent       %,d
                duplicates   %,d
                malformed    %,d
                connections  %,d failures, %,d reconnects
                latency ms   p50 %.1f  p90 %.1f  p99 %.1f  p99.9 %.1f  max %.1f
                """.formatted(
                        sent,
                        resent,
                        acked,
                        messagesPerSecond,
                        points,
                        unacked,
                        unsent,
                        duplicates,
                        malformed,
                        connectFailures,
                        reconnects,
                        latencyMillis.p50,
                        latencyMillis.p90,
                        latencyMillis.p99,
                        latencyMillis.p999,
                        latencyMillis.max);
    }
}
