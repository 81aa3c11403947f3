package io.telltale.server.cli;

import io.telltale.storage.audit.Difference;
import io.telltale.storage.audit.Difference.Aggregate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Differences for a person: a line each, under a header.
final class DifferenceTable {
    private static final List<String> HEADER =
            List.of("device", "metric", "width", "window", "differs in", "points say", "rollup says");
    private static final String NONE = "-";

    private DifferenceTable() {}

    static String of(List<Difference> differences) {
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        differences.forEach(difference -> lines.add(line(difference)));
        int[] widths = new int[HEADER.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        var table = new StringBuilder();
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                table.append(i == 0 ? "" : "  ").append(line.get(i));
                table.repeat(
                        ' ',
                        i == widths.length - 1 ? 0 : widths[i] - line.get(i).length());
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static List<String> line(Difference difference) {
        return List.of(
                difference.series().device().value(),
                difference.series().metric(),
                Duration.ofMillis(difference.widthMillis())
                        .toString()
                        .substring(2)
                        .toLowerCase(Locale.ROOT),
                Instant.ofEpochMilli(difference.startMillis()).toString(),
                difference.what().name().toLowerCase(Locale.ROOT),
                value(difference.what(), difference.points()),
                value(difference.what(), difference.rollup()));
    }

    private static String value(Difference.What what, Aggregate side) {
        return switch (what) {
            case MISSING, SURPLUS -> side.count() == 0 ? NONE : "count " + side.count();
            case COUNT -> Long.toString(side.count());
            case SUM -> Double.toString(side.sum());
            case MIN -> Double.toString(side.min());
            case MAX -> Double.toString(side.max());
        };
    }
}
