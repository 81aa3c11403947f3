package io.telltale.simulator.check;

import io.telltale.simulator.fault.FaultKind;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.report.Detection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Holds reported anomalies against the faults that were injected.
///
/// A report finds a fault of its device and metric when its event time lies between the fault's first and last,
/// or up to a slack after it: the way back from a level shift is a shift too. Further reports in a fault change
/// nothing. A report in what no detector is asked to find (a clock that is wrong, a roll-out, a broken message)
/// counts neither way; every other is false.
public final class Judge {
    private static final Set<FaultKind> TO_FIND = EnumSet.of(
            FaultKind.SPIKE,
            FaultKind.DRIFT,
            FaultKind.LEVEL_SHIFT,
            FaultKind.STUCK,
            FaultKind.NOISE_BURST,
            FaultKind.GAP,
            FaultKind.SITE_OUTAGE,
            FaultKind.RECORDED);

    private static final int SHOWN_SERIES = 6;

    private final long slackMillis;
    private final Map<String, List<Label>> labels = new HashMap<>();
    private final Map<Label, Long> firstReport = new HashMap<>();
    private long reports;
    private long falseReports;

    private Judge(Collection<Label> labels, long slackMillis) {
        this.slackMillis = slackMillis;
        labels.forEach(label -> this.labels
                .computeIfAbsent(label.device(), device -> new ArrayList<>())
                .add(label));
    }

    /// @param labels of all faults, in order of time
    public static Detection judge(Collection<Label> labels, List<ServerApi.Anomaly> anomalies, long slackMillis) {
        var judge = new Judge(labels, slackMillis);
        anomalies.stream()
                .sorted(Comparator.comparingLong(ServerApi.Anomaly::eventTimeMillis))
                .forEach(judge::take);
        return judge.verdict(labels, anomalies);
    }

    private void take(ServerApi.Anomaly anomaly) {
        boolean isExcused = false;
        boolean hasFound = false;
        for (var label : labels.getOrDefault(anomaly.device(), List.of())) {
            if (covers(label, anomaly)) {
                if (TO_FIND.contains(label.kind())) {
                    hasFound = true;
                    firstReport.putIfAbsent(label, anomaly.eventTimeMillis());
                } else {
                    isExcused = true;
                }
            }
        }
        if (hasFound || !isExcused) {
            reports++;
        }
        if (!hasFound && !isExcused) {
            falseReports++;
        }
    }

    private boolean covers(Label label, ServerApi.Anomaly anomaly) {
        boolean isOfMetric = label.metric().equals(Label.EVERY_METRIC)
                || anomaly.metric().isEmpty()
                || label.metric().equals(anomaly.metric());
        return isOfMetric
                && label.startMillis() <= anomaly.eventTimeMillis()
                && anomaly.eventTimeMillis() <= label.endMillis() + slackMillis;
    }

    private Detection verdict(Collection<Label> all, List<ServerApi.Anomaly> anomalies) {
        var byKind = new EnumMap<FaultKind, List<Label>>(FaultKind.class);
        for (var label : all) {
            if (TO_FIND.contains(label.kind())) {
                byKind.computeIfAbsent(label.kind(), kind -> new ArrayList<>()).add(label);
            }
        }
        var kinds = new ArrayList<Detection.Kind>();
        long faults = 0;
        for (var entry : byKind.entrySet()) {
            faults += entry.getValue().size();
            kinds.add(kind(entry.getKey(), entry.getValue()));
        }
        long found = firstReport.size();
        double precision = reports == 0 ? 1 : (double) (reports - falseReports) / reports;
        double recall = faults == 0 ? 1 : (double) found / faults;
        double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        return new Detection(faults, found, reports, falseReports, precision, recall, f1, kinds, shown(all, anomalies));
    }

    private Detection.Kind kind(FaultKind kind, List<Label> faults) {
        double[] delays = faults.stream()
                .filter(firstReport::containsKey)
                .mapToDouble(label -> (firstReport.getOrDefault(label, 0L) - label.startMillis()) / 1e3)
                .sorted()
                .toArray();
        double median = delays.length == 0 ? 0 : delays[delays.length / 2];
        return new Detection.Kind(
                kind.name(), faults.size(), delays.length, (double) delays.length / faults.size(), median);
    }

    /// The series with most to see.
    private static List<Detection.Track> shown(Collection<Label> labels, List<ServerApi.Anomaly> anomalies) {
        var tracks = new TreeMap<List<String>, Detection.Track>(Comparator.comparing(List::toString));
        for (var label : labels) {
            if (TO_FIND.contains(label.kind())) {
                track(tracks, label.device(), label.metric())
                        .faults()
                        .add(new Detection.Span(label.kind().name(), label.startMillis(), label.endMillis()));
            }
        }
        for (var anomaly : anomalies) {
            track(tracks, anomaly.device(), anomaly.metric().isEmpty() ? Label.EVERY_METRIC : anomaly.metric())
                    .reports()
                    .add(new Detection.Mark(anomaly.kind(), anomaly.eventTimeMillis()));
        }
        return tracks.values().stream()
                .sorted(Comparator.comparingInt(
                        track -> -track.faults().size() * (1 + track.reports().size())))
                .limit(SHOWN_SERIES)
                .toList();
    }

    private static Detection.Track track(Map<List<String>, Detection.Track> tracks, String device, String metric) {
        return tracks.computeIfAbsent(
                Arrays.asList(device, metric),
                key -> new Detection.Track(device, metric, new ArrayList<>(), new ArrayList<>()));
    }
}
