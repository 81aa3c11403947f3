package io.telltale.simulator;

import io.telltale.simulator.check.Checks;
import io.telltale.simulator.fleet.FleetRun.Phase;
import io.telltale.simulator.fleet.FleetRun.Progress;
import io.telltale.simulator.report.Glance;
import io.telltale.simulator.report.Quantiles;
import io.telltale.simulator.scenario.Scenario;
import io.telltale.simulator.scenario.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A run at a glance, as lines of text: how far it and its stage are, what goes in and comes back each second, how
/// long that takes, what waits, and which faults there were.
final class LiveView {
    private static final int BAR = 30;

    private final Scenario scenario;
    private final int connections;

    LiveView(Scenario scenario, int connections) {
        this.scenario = scenario;
        this.connections = connections;
    }

    /// @param faults so far, by kind
    List<String> lines(Progress progress, Checks.Sight seen, Map<String, Long> faults) {
        var glance = progress.glance();
        var server = scenario.server();
        var lines = new ArrayList<String>();
        lines.add("%s at %s:%d: %s".formatted(scenario.name(), server.host(), server.port(), name(progress.phase())));
        add(lines, "connected", bar(glance.connected(), connections) + " " + connections(glance));
        if (progress.phase() == Phase.CONNECTING) {
            return lines;
        }
        addProgress(lines, progress.elapsed());
        add(lines, "sent", "%,10.0f /s %,15d".formatted(glance.sentPerSecond(), glance.sent()));
        add(lines, "acked", "%,10.0f /s %,15d".formatted(glance.ackedPerSecond(), glance.acked()));
        seen.server()
                .ifPresent(some -> add(
                        lines,
                        "stored",
                        "%,10.0f /s %,15d rows wait".formatted(some.messagesPerSecond(), some.waitingRows())));
        add(
                lines,
                "in flight",
                "%,10d    %,15d wait to be sent, %,d refused"
                        .formatted(glance.unacked(), glance.waiting(), glance.refused()));
        add(lines, "ack, now", latency(glance.latestMillis()));
        add(lines, "ack, in all", latency(glance.allMillis()));
        seen.pageMillis().ifPresent(millis -> add(lines, "page", latency(millis)));
        seen.storedMillis().ifPresent(millis -> add(lines, "store", latency(millis)));
        if (!faults.isEmpty()) {
            add(lines, "faults", told(faults));
        }
        add(lines, "own heap", "%,10.0f MiB".formatted(glance.heapMib()));
        return lines;
    }

    /// The same in one line, for where lines cannot be drawn over.
    String line(Progress progress) {
        var glance = progress.glance();
        if (progress.phase() == Phase.CONNECTING) {
            return "connected " + connections(glance);
        }
        return "%7s  %ssent %,.0f/s  acked %,.0f/s  in flight %,d  waiting %,d  p50 %.1f  p99 %.1f ms  connected %s"
                .formatted(
                        time(progress.elapsed()),
                        at(progress.elapsed())
                                .map(place -> place.stage.name() + "  ")
                                .orElse(""),
                        glance.sentPerSecond(),
                        glance.ackedPerSecond(),
                        glance.unacked(),
                        glance.waiting(),
                        glance.latestMillis().p50(),
                        glance.latestMillis().p99(),
                        connections(glance));
    }

    private void addProgress(List<String> lines, Duration elapsed) {
        var end = scenario.duration();
        add(
                lines,
                "run",
                end.map(all -> bar(elapsed.toMillis(), all.toMillis()) + " " + time(elapsed) + " of " + time(all))
                        .orElse(time(elapsed)));
        at(elapsed)
                .ifPresent(place -> add(
                        lines,
                        "stage",
                        "%s %s, %d of %d"
                                .formatted(
                                        bar(
                                                elapsed.minus(place.from).toMillis(),
                                                place.stage.lasts().toMillis()),
                                        place.stage.name(),
                                        place.number,
                                        scenario.stages().size())));
    }

    private record Place(Stage stage, int number, Duration from) {}

    /// The stage that it is the time of.
    private Optional<Place> at(Duration elapsed) {
        var from = Duration.ZERO;
        int number = 1;
        for (var stage : scenario.stages()) {
            var to = from.plus(stage.lasts());
            if (elapsed.compareTo(to) < 0) {
                return Optional.of(new Place(stage, number, from));
            }
            from = to;
            number++;
        }
        return Optional.empty();
    }

    private String connections(Glance glance) {
        return "%,d of %,d%s"
                .formatted(
                        glance.connected(),
                        connections,
                        glance.reconnects() + glance.connectFailures() == 0
                                ? ""
                                : ", %,d reconnects, %,d failures"
                                        .formatted(glance.reconnects(), glance.connectFailures()));
    }

    private static String told(Map<String, Long> faults) {
        return faults.entrySet().stream()
                .map(fault -> "%,d %s".formatted(fault.getValue(), words(fault.getKey())))
                .collect(Collectors.joining(", "));
    }

    private static String name(Phase phase) {
        return words(phase.name());
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String latency(Quantiles millis) {
        return "p50 %,8.1f   p99 %,8.1f   p99.9 %,8.1f   max %,8.1f ms"
                .formatted(millis.p50(), millis.p99(), millis.p999(), millis.max());
    }

    private static String bar(long part, long whole) {
        int full = Math.clamp(BAR * part / Math.max(1, whole), 0, BAR);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }

    private static String time(Duration time) {
        return time.toDays() > 0
                ? "%dd %02dh".formatted(time.toDays(), time.toHoursPart())
                : time.toHours() > 0
                        ? "%dh %02dm".formatted(time.toHours(), time.toMinutesPart())
                        : "%dm %02ds".formatted(time.toMinutes(), time.toSecondsPart());
    }

    private static void add(List<String> lines, String name, String value) {
        lines.add("  %-13s%s".formatted(name, value));
    }
}
