package io.telltale.simulator.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// A run in numbers; `docs/simulator.md` says what each counts. Written as it is as JSON.
///
/// @param sources how many runs were merged into it
/// @param speed seconds of the devices' time that passed in one
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunReport(
        String scenario,
        long seed,
        String server,
        boolean isComplete,
        int sources,
        double speed,
        long startMillis,
        long endMillis,
        long sent,
        long resent,
        long acked,
        long refused,
        long unacked,
        long unsent,
        long duplicates,
        long malformed,
        long odd,
        long connectFailures,
        long reconnects,
        long points,
        Quantiles latencyMillis,
        Quantiles serviceMillis,
        double messagesPerSecond,
        List<StageRow> stages,
        double secondsPerRow,
        List<TimeRow> timeline,
        Map<String, Long> faults,
        Optional<Observations> observed,
        Optional<Reconciliation> stored,
        Optional<Detection> detection,
        List<Limit> limits,
        Map<String, byte[]> histograms,
        List<Accounts.Account> devices) {

    static final String LATENCY = "latency";
    static final String SERVICE = "service";

    /// A stage, and the latencies of the messages that were meant for it.
    public record StageRow(String name, double fromSecond, double toSecond, Quantiles latencyMillis) {}

    /// What came in during a second (or more, see `secondsPerRow`).
    ///
    /// @param heapMib what the latest collection left on the simulator's own heap
    public record TimeRow(
            long sent, long acked, long connected, long unacked, double p50, double p99, double max, double heapMib) {}

    public RunReport {
        // Reports of before there were speeds say none.
        speed = speed == 0 ? 1 : speed;
        stages = List.copyOf(stages);
        timeline = List.copyOf(timeline);
        limits = List.copyOf(limits);
        devices = List.copyOf(devices);
    }

    /// What a run was, apart from what came of it.
    ///
    /// @param stageNames and `stageEndNanos` alike; the last end is beyond all
    /// @param speed seconds of the devices' time that pass in one
    /// @param startMillis event time of the beginning
    /// @param startNanos when the first message was due, on the clock of [System#nanoTime]
    public record Header(
            String scenario,
            long seed,
            String server,
            List<String> stageNames,
            long[] stageEndNanos,
            double speed,
            long startMillis,
            long startNanos) {}

    /// The numbers as they are now.
    public static RunReport of(Header header, LedgerPart part, boolean isComplete, long nowNanos) {
        var counts = part.counts;
        // With QoS 0 there are no acks to time the end by.
        boolean isAcked = counts.acked > 0;
        double seconds = ((isAcked ? counts.lastAckNanos : nowNanos) - header.startNanos) / 1e9;
        double perSecond = seconds > 0 ? (isAcked ? counts.acked : counts.sent) / seconds : 0;
        var all = part.latencies.all();
        return new RunReport(
                header.scenario,
                header.seed,
                header.server,
                isComplete,
                1,
                header.speed,
                header.startMillis,
                header.startMillis
                        + TimeUnit.NANOSECONDS.toMillis(Math.round((nowNanos - header.startNanos) * header.speed)),
                counts.sent,
                counts.resent,
                counts.acked,
                counts.refused,
                counts.unacked(),
                counts.unsent,
                counts.duplicates,
                counts.malformed,
                counts.odd,
                counts.connectFailures,
                counts.reconnects,
                counts.points,
                Quantiles.of(all),
                Quantiles.of(part.latencies.service()),
                Quantiles.rounded(perSecond),
                stages(header, part),
                part.latencies.timeline().rowSeconds(),
                part.latencies.timeline().rows().stream()
                        .map(RunReport::timeRow)
                        .toList(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                histograms(header, part),
                List.of());
    }

    /// The name in `histograms` of the acks of a stage.
    static String ofStage(String stage) {
        return "latency of " + stage;
    }

    private static Map<String, byte[]> histograms(Header header, LedgerPart part) {
        var histograms = new TreeMap<String, byte[]>();
        histograms.put(LATENCY, Timeline.encoded(part.latencies.all()));
        histograms.put(SERVICE, Timeline.encoded(part.latencies.service()));
        for (int i = 0; i < header.stageNames.size() && header.stageNames.size() > 1; i++) {
            histograms.put(ofStage(header.stageNames.get(i)), Timeline.encoded(part.latencies.ofStage(i)));
        }
        return histograms;
    }

    private static List<StageRow> stages(Header header, LedgerPart part) {
        var rows = new ArrayList<StageRow>();
        double from = 0;
        for (int i = 0; i < header.stageNames.size() && header.stageNames.size() > 1; i++) {
            double to = header.stageEndNanos[i] / 1e9;
            rows.add(new StageRow(header.stageNames.get(i), from, to, Quantiles.of(part.latencies.ofStage(i))));
            from = to;
        }
        return rows;
    }

    private static TimeRow timeRow(Timeline.Row row) {
        var latency = Quantiles.of(row.histogram());
        return new TimeRow(
                row.sent(),
                row.acked(),
                row.connected(),
                row.unacked(),
                latency.p50(),
                latency.p99(),
                latency.max(),
                Quantiles.rounded(row.heapMib()));
    }

    /// The same with the faults that were injected.
    public RunReport withFaults(Map<String, Long> injected) {
        return with(injected, observed, stored, detection, limits, histograms, devices);
    }

    /// The same with what a server or a subscriber was asked.
    ///
    /// @param seen latencies in microseconds, by the names of [Observations]
    public RunReport with(
            Map<String, Histogram> seen, Optional<Reconciliation> reconciled, Optional<Detection> detected) {
        var all = new TreeMap<>(histograms);
        seen.forEach((name, histogram) -> all.put(name, Timeline.encoded(histogram)));
        return with(faults, Observations.of(seen), reconciled, detected, limits, all, devices);
    }

    public RunReport withLimits(List<Limit> judged) {
        return with(faults, observed, stored, detection, judged, histograms, devices);
    }

    public RunReport withDevices(List<Accounts.Account> each) {
        return with(faults, observed, stored, detection, limits, histograms, each);
    }

    private RunReport with(
            Map<String, Long> injected,
            Optional<Observations> seen,
            Optional<Reconciliation> reconciled,
            Optional<Detection> detected,
            List<Limit> judged,
            Map<String, byte[]> allHistograms,
            List<Accounts.Account> each) {
        return new RunReport(
                scenario,
                seed,
                server,
                isComplete,
                sources,
                speed,
                startMillis,
                endMillis,
                sent,
                resent,
                acked,
                refused,
                unacked,
                unsent,
                duplicates,
                malformed,
                odd,
                connectFailures,
                reconnects,
                points,
                latencyMillis,
                serviceMillis,
                messagesPerSecond,
                stages,
                secondsPerRow,
                timeline,
                injected,
                seen,
                reconciled,
                detected,
                judged,
                allHistograms,
                each);
    }

    /// Does everything that was promised hold?
    public boolean isWithinLimits() {
        return limits.stream().allMatch(Limit::isKept);
    }
}
