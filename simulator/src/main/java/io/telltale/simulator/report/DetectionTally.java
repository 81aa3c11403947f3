package io.telltale.simulator.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Counts what was found and what was false, and says what that makes. Single-threaded.
public final class DetectionTally {
    private static final int SHOWN_SERIES = 6;
    private static final int TOLD = 1_000;
    private static final double MEDIAN = 50;
    private static final double MOST = 90;

    private static final class Alarms {
        private long reports;
        private long falseReports;
        private final Map<String, Long> trueReports = new TreeMap<>();

        /// How many of the false ones a kind of fault has to answer for.
        double falseShare(String fault) {
            long all = trueReports.values().stream().mapToLong(Long::longValue).sum();
            return all == 0 ? 0 : (double) falseReports * trueReports.getOrDefault(fault, 0L) / all;
        }
    }

    private final Map<String, Long> faults = new TreeMap<>();
    private final Map<String, Histogram> delays = new TreeMap<>();
    private final Map<String, Alarms> alarms = new TreeMap<>();
    private final List<Detection.Missed> missed = new ArrayList<>();
    private final List<Detection.FalseAlarm> falseAlarms = new ArrayList<>();
    private final List<Detection.Track> shown = new ArrayList<>();
    private double deviceDays;

    /// @param shown of which those with most to see are kept
    public DetectionTally watched(double days, List<Detection.Track> shown) {
        deviceDays += days;
        this.shown.addAll(shown);
        return this;
    }

    public void fault(String kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    /// A fault was reported, for the first time.
    public void found(String kind, long delayMillis) {
        delaysOf(kind).recordValue(Math.clamp(delayMillis, 0, Latencies.HIGHEST_MICROS));
    }

    /// Nobody reported a fault.
    public void missed(Detection.Missed fault) {
        missed.add(fault);
    }

    /// Which report was false; [#report] counts it.
    public void falseAlarm(Detection.FalseAlarm alarm) {
        falseAlarms.add(alarm);
    }

    /// A report came.
    ///
    /// @param of the kinds of the faults that it lies in; none: it is false
    public void report(String kind, Set<String> of) {
        var count = alarmsOf(kind);
        count.reports++;
        count.falseReports += of.isEmpty() ? 1 : 0;
        of.forEach(fault -> count.trueReports.merge(fault, 1L, Long::sum));
    }

    /// Adds what another process counted, of devices of its own.
    public void add(Detection other) {
        watched(other.deviceDays(), other.shown());
        missed.addAll(other.missed());
        falseAlarms.addAll(other.falseAlarms());
        for (var kind : other.kinds()) {
            faults.merge(kind.kind(), kind.faults(), Long::sum);
            delaysOf(kind.kind()).add(Timeline.decoded(kind.delays()));
        }
        for (var alarm : other.alarms()) {
            var count = alarmsOf(alarm.kind());
            count.reports += alarm.reports();
            count.falseReports += alarm.falseReports();
            alarm.trueReports().forEach((fault, reports) -> count.trueReports.merge(fault, reports, Long::sum));
        }
    }

    public Detection detection() {
        long all = faults.values().stream().mapToLong(Long::longValue).sum();
        long found =
                delays.values().stream().mapToLong(Histogram::getTotalCount).sum();
        long reports =
                alarms.values().stream().mapToLong(count -> count.reports).sum();
        long falseReports =
                alarms.values().stream().mapToLong(count -> count.falseReports).sum();
        double precision = precision(found, (double) falseReports);
        double recall = recall(found, all);
        return new Detection(
                all,
                found,
                reports,
                falseReports,
                precision,
                recall,
                harmonicMean(precision, recall),
                deviceDays,
                deviceDays == 0 ? 0 : falseReports / deviceDays,
                faults.keySet().stream().map(this::kind).toList(),
                alarms.entrySet().stream()
                        .map(entry -> alarm(entry.getKey(), entry.getValue()))
                        .toList(),
                missed.stream().limit(TOLD).toList(),
                falseAlarms.stream().limit(TOLD).toList(),
                shown.stream()
                        .sorted(Comparator.comparingInt(DetectionTally::interest)
                                .reversed())
                        .limit(SHOWN_SERIES)
                        .toList());
    }

    private Detection.Kind kind(String name) {
        var times = delaysOf(name);
        long found = times.getTotalCount();
        double falseShare = alarms.values().stream()
                .mapToDouble(count -> count.falseShare(name))
                .sum();
        long all = faults.getOrDefault(name, 0L);
        double precision = precision(found, falseShare);
        double recall = recall(found, all);
        return new Detection.Kind(
                name,
                all,
                found,
                precision,
                recall,
                harmonicMean(precision, recall),
                times.getValueAtPercentile(MEDIAN) / 1e3,
                times.getValueAtPercentile(MOST) / 1e3,
                Timeline.encoded(times));
    }

    private static Detection.Alarm alarm(String kind, Alarms count) {
        return new Detection.Alarm(kind, count.reports, count.falseReports, count.trueReports);
    }

    /// Milliseconds up to some 40 days, exact to 3 digits.
    private Histogram delaysOf(String kind) {
        return delays.computeIfAbsent(kind, some -> Latencies.histogram());
    }

    private Alarms alarmsOf(String kind) {
        return alarms.computeIfAbsent(kind, some -> new Alarms());
    }

    private static int interest(Detection.Track track) {
        return track.faults().size() * (1 + track.reports().size());
    }

    private static double precision(long found, double falseReports) {
        return found + falseReports == 0 ? 1 : found / (found + falseReports);
    }

    private static double recall(long found, long faults) {
        return faults == 0 ? 1 : (double) found / faults;
    }

    private static double harmonicMean(double a, double b) {
        return a + b == 0 ? 0 : 2 * a * b / (a + b);
    }
}
