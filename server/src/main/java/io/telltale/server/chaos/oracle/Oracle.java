package io.telltale.server.chaos.oracle;

import io.telltale.server.chaos.fleet.Reading;
import io.telltale.server.chaos.fleet.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Knows from the scripts alone what must be stored once every message is acked and every window closed: each point
/// once, with its last value, and the rollups of each width over exactly these points. Shares no code with the server.
public final class Oracle {
    private final List<Script> scripts;
    private final List<Duration> widths;

    private record Id(String metric, long widthMillis, long startMillis) {
        @Override
        public String toString() {
            return metric + ", " + Duration.ofMillis(widthMillis) + " from " + Instant.ofEpochMilli(startMillis);
        }
    }

    /// @param widths of the windows
    public Oracle(List<Script> scripts, List<Duration> widths) {
        this.scripts = List.copyOf(scripts);
        this.widths = List.copyOf(widths);
    }

    /// @throws java.io.UncheckedIOException when the store is away
    public Verdict compare(Store store) {
        var tally = new Verdict.Tally();
        refuseStrangers(store, tally);
        for (var script : scripts) {
            tally.messages += script.size();
            Map<String, Map<Long, Expected>> points = expected(script);
            comparePoints(script, points, store, tally);
            compareWindows(script, store, tally);
            compareAnomalies(script, points, store, tally);
        }
        return tally.verdict();
    }

    private void refuseStrangers(Store store, Verdict.Tally tally) {
        Set<String> known = scripts.stream().map(Script::device).collect(Collectors.toSet());
        try (var rows = store.rows("SELECT device, count() FROM telltale.points GROUP BY device")) {
            rows.filter(row -> !known.contains(row[0])).forEach(row -> {
                tally.unexpected += Long.parseLong(row[1]);
                tally.show("%s: %s points of a device that does not exist".formatted(row[0], row[1]));
            });
        }
    }

    private static void comparePoints(
            Script script, Map<String, Map<Long, Expected>> points, Store store, Verdict.Tally tally) {
        var seen = new HashSet<String>();
        try (var rows =
                store.rows("SELECT metric, toUnixTimestamp64Milli(event_time), value, text FROM telltale.points FINAL"
                        + " WHERE device = '" + script.device() + "'")) {
            rows.forEach(row -> {
                var what = script.device() + " " + row[0] + " at " + Instant.ofEpochMilli(Long.parseLong(row[1]));
                var expected = points.getOrDefault(row[0], Map.of()).get(Long.parseLong(row[1]));
                if (!seen.add(row[0] + row[1])) {
                    tally.duplicated++;
                    tally.show(what + ": stored twice");
                } else if (expected == null) {
                    tally.unexpected++;
                    tally.show(what + ": never sent");
                } else if (!expected.reading().isStoredAs(row[2], row[3])) {
                    tally.wrongPoints++;
                    tally.show("%s: %s %s instead of %s"
                            .formatted(what, row[2], row[3], expected.reading().value()));
                }
            });
        }
        var lostTicks = new BitSet();
        points.forEach((metric, ofMetric) -> ofMetric.forEach((millis, expected) -> {
            if (!seen.contains(metric + millis)) {
                lostTicks.set(expected.tick());
                tally.show("%s %s at %s: lost".formatted(script.device(), metric, Instant.ofEpochMilli(millis)));
            }
        }));
        for (int message = 0; message < script.size(); message++) {
            tally.lost += lostTicks.get(script.tick(message)) ? 1 : 0;
        }
    }

    private record Expected(int tick, Reading reading) {}

    private static Map<String, Map<Long, Expected>> expected(Script script) {
        var expected = new HashMap<String, Map<Long, Expected>>();
        for (int tick = 0; tick < script.ticks(); tick++) {
            for (var reading : script.readings(tick)) {
                expected.computeIfAbsent(reading.metric(), _ -> new TreeMap<>())
                        .put(script.timeMillis(tick), new Expected(tick, reading));
            }
        }
        return expected;
    }

    private void compareWindows(Script script, Store store, Verdict.Tally tally) {
        Map<Id, Window> missing = windows(script);
        tally.windows += missing.size();
        try (var rows = store.rows("SELECT metric, width_millis, toUnixTimestamp64Milli(window_start), count, sum, min,"
                + " max, mean, first_value, last_value, arraySum(sketch_counts) FROM telltale.rollups FINAL"
                + " WHERE device = '" + script.device() + "'")) {
            rows.forEach(row -> {
                var id = new Id(row[0], Long.parseLong(row[1]), Long.parseLong(row[2]));
                var window = missing.remove(id);
                if (window == null || !window.agreesWith(row, 3)) {
                    tally.wrongWindows++;
                    tally.show("%s %s: %s instead of %s"
                            .formatted(
                                    script.device(),
                                    id,
                                    List.of(row).subList(3, row.length),
                                    window == null ? "none" : window));
                }
            });
        }
        missing.forEach((id, window) -> {
            tally.wrongWindows++;
            tally.show("%s %s: none instead of %s".formatted(script.device(), id, window));
        });
    }

    /// Each is about a point that is stored, a gap about the one before it, and is told once.
    private static void compareAnomalies(
            Script script, Map<String, Map<Long, Expected>> points, Store store, Verdict.Tally tally) {
        try (var rows = store.rows("SELECT metric, kind, toUnixTimestamp64Milli(event_time), count(),"
                + " toUnixTimestamp64Milli(if(kind = 'GAP', any(since), event_time))"
                + " FROM telltale.anomalies FINAL WHERE device = '" + script.device()
                + "' GROUP BY metric, kind, event_time")) {
            rows.forEach(row -> {
                tally.anomalies++;
                boolean hasPoint = hasPoint(points, row[0], Long.parseLong(row[4]));
                if (!hasPoint || !row[3].equals("1")) {
                    tally.wrongAnomalies++;
                    tally.show("%s %s: %s at %s, %s times, %s"
                            .formatted(
                                    script.device(),
                                    row[0],
                                    row[1],
                                    Instant.ofEpochMilli(Long.parseLong(row[2])),
                                    row[3],
                                    hasPoint ? "of a point" : "of no point"));
                }
            });
        }
    }

    /// @param metric empty for any
    private static boolean hasPoint(Map<String, Map<Long, Expected>> points, String metric, long timeMillis) {
        return metric.isEmpty()
                ? points.values().stream().anyMatch(ofMetric -> ofMetric.containsKey(timeMillis))
                : points.getOrDefault(metric, Map.of()).containsKey(timeMillis);
    }

    private Map<Id, Window> windows(Script script) {
        Map<String, SortedMap<Long, Double>> numbers = new HashMap<>();
        for (int tick = 0; tick < script.ticks(); tick++) {
            for (var reading : script.readings(tick)) {
                if (!reading.isText()) {
                    numbers.computeIfAbsent(reading.metric(), _ -> new TreeMap<>())
                            .put(script.timeMillis(tick), reading.number());
                }
            }
        }
        var windows = new HashMap<Id, Window>();
        numbers.forEach((metric, points) -> widths.forEach(width -> Window.all(points, width.toMillis())
                .forEach((start, window) -> windows.put(new Id(metric, width.toMillis(), start), window))));
        return windows;
    }
}
