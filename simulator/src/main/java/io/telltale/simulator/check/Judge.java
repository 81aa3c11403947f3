package io.telltale.simulator.check;

import io.telltale.simulator.fault.FaultKind;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.report.Detection;
import io.telltale.simulator.report.DetectionTally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Holds reported anomalies against the faults that were injected.
///
/// A report finds a fault of its device and metric when its time lies between the fault's first and last event
/// time, or up to a slack after it: the way back from a level shift is a shift too. A report of silence has its
/// time in the last point before it, and finds what lies in the silence. Further reports in a fault change
/// nothing. A report in what no detector is asked to find (a clock that is wrong, a roll-out, a broken message)
/// counts neither way; every other is false. Reports about devices of others are none of our business.
public final class Judge {
    private static final Set<FaultKind> TO_FIND = EnumSet.of(
            FaultKind.SPIKE,
            FaultKind.DRIFT,
            FaultKind.LEVEL_SHIFT,
            FaultKind.STUCK,
            FaultKind.NOISE_BURST,
            FaultKind.DECOUPLED,
            FaultKind.GAP,
            FaultKind.SITE_OUTAGE,
            FaultKind.RECORDED);

    /// Such a report is of either.
    private static final String OF_TWO_METRICS = "correlation";

    private static final double DAY_MILLIS = 86_400_000;

    private final long slackMillis;
    private final DetectionTally tally = new DetectionTally();
    private final Map<String, List<Label>> labels = new HashMap<>();
    private final Map<Label, Long> firstReport = new HashMap<>();

    private Judge(Set<String> devices, long slackMillis) {
        this.slackMillis = slackMillis;
        devices.forEach(device -> labels.put(device, new ArrayList<>()));
    }

    /// @param devices whose reports are judged
    /// @param watchedMillis how long they were watched, on their clock
    /// @param faults all that were injected into them
    public static Detection judge(
            Set<String> devices,
            long watchedMillis,
            Collection<Label> faults,
            List<ServerApi.Anomaly> anomalies,
            long slackMillis) {
        var judge = new Judge(devices, slackMillis);
        faults.forEach(judge::take);
        var ours = anomalies.stream()
                .filter(anomaly -> devices.contains(anomaly.device()))
                .sorted(Comparator.comparingLong(ServerApi.Anomaly::knownMillis))
                .toList();
        ours.forEach(judge::take);
        faults.forEach(judge::settle);
        return judge.tally
                .watched(devices.size() * watchedMillis / DAY_MILLIS, shown(faults, ours))
                .detection();
    }

    private void take(Label label) {
        labels.computeIfAbsent(label.device(), device -> new ArrayList<>()).add(label);
        if (TO_FIND.contains(label.kind())) {
            tally.fault(label.kind().name());
        }
    }

    private void settle(Label label) {
        if (!TO_FIND.contains(label.kind())) {
            return;
        }
        var known = firstReport.get(label);
        var kind = label.kind().name();
        if (known == null) {
            tally.missed(new Detection.Missed(
                    label.device(), label.metric(), kind, label.startMillis(), label.endMillis(), label.size()));
        } else {
            tally.found(kind, known - label.startMillis());
        }
    }

    private void take(ServerApi.Anomaly anomaly) {
        boolean isExcused = false;
        var found = new TreeSet<String>();
        for (var label : labels.getOrDefault(anomaly.device(), List.of())) {
            if (covers(label, anomaly)) {
                if (TO_FIND.contains(label.kind())) {
                    found.add(label.kind().name());
                    firstReport.putIfAbsent(label, anomaly.knownMillis());
                } else {
                    isExcused = true;
                }
            }
        }
        if (!found.isEmpty() || !isExcused) {
            tally.report(anomaly.kind(), found);
        }
        if (found.isEmpty() && !isExcused) {
            tally.falseAlarm(new Detection.FalseAlarm(
                    anomaly.device(),
                    anomaly.metric(),
                    anomaly.kind(),
                    anomaly.eventTimeMillis(),
                    anomaly.explanation()));
        }
    }

    private boolean covers(Label label, ServerApi.Anomaly anomaly) {
        boolean isOfMetric = label.metric().equals(Label.EVERY_METRIC)
                || anomaly.metric().isEmpty()
                || label.metric().equals(anomaly.metric())
                || (label.kind() == FaultKind.DECOUPLED && anomaly.kind().equals(OF_TWO_METRICS));
        return isOfMetric
                && label.startMillis() <= anomaly.knownMillis()
                && anomaly.eventTimeMillis() <= label.endMillis() + slackMillis;
    }

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
        return List.copyOf(tracks.values());
    }

    private static Detection.Track track(Map<List<String>, Detection.Track> tracks, String device, String metric) {
        return tracks.computeIfAbsent(
                Arrays.asList(device, metric),
                key -> new Detection.Track(device, metric, new ArrayList<>(), new ArrayList<>()));
    }
}
