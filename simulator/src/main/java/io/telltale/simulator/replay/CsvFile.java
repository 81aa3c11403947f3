package io.telltale.simulator.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// Reads a recording from a CSV file with a header: the time first, then a column for each metric. Times are
/// `2014-05-14 01:14:00` (UTC), ISO 8601 with a zone, or seconds or milliseconds since 1970. Quotes are not
/// known.
final class CsvFile {
    /// Seconds until the year 5138, milliseconds since 1973.
    private static final long SMALLEST_MILLIS = 100_000_000_000L;

    private static final int MAX_DECIMALS = 8;

    private final Path file;
    private final List<Long> millis = new ArrayList<>();
    private final List<double[]> rows = new ArrayList<>();
    private int[] decimals = {};
    private int line;

    private CsvFile(Path file) {
        this.file = file;
    }

    static Recording read(Path file, String name, List<Recording.Window> windows) throws IOException {
        return new CsvFile(file).read(name, windows);
    }

    private Recording read(String name, List<Recording.Window> windows) throws IOException {
        List<String> columns;
        try (var reader = open()) {
            line = 1;
            var header = reader.readLine();
            if (header == null || header.indexOf(',') < 0) {
                throw refusal("a header of a time and at least one metric, separated by commas");
            }
            columns =
                    Arrays.stream(header.split(",")).skip(1).map(String::strip).toList();
            decimals = new int[columns.size()];
            for (var row = reader.readLine(); row != null; row = reader.readLine()) {
                line++;
                if (!row.isBlank()) {
                    take(row.split(",", -1));
                }
            }
        }
        if (rows.isEmpty()) {
            throw refusal("at least one row");
        }
        return new Recording(
                name,
                columns,
                Arrays.stream(decimals).boxed().toList(),
                millis.stream().mapToLong(Long::longValue).toArray(),
                rows.toArray(double[][]::new),
                windows);
    }

    private BufferedReader open() throws IOException {
        var in = Files.newInputStream(file);
        var plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
        return new BufferedReader(new InputStreamReader(plain, UTF_8));
    }

    private void take(String[] cells) {
        if (cells.length != decimals.length + 1) {
            throw refusal(decimals.length + 1 + " cells, got " + cells.length);
        }
        millis.add(time(cells[0].strip()));
        double[] values = new double[decimals.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(cells[i + 1].strip(), i);
        }
        rows.add(values);
    }

    private double value(String cell, int column) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(cell);
            int point = cell.indexOf('.');
            int written = point < 0 ? 0 : cell.length() - point - 1;
            decimals[column] = Math.clamp(written, decimals[column], MAX_DECIMALS);
            return value;
        } catch (NumberFormatException e) {
            throw refusal("a number, got '" + cell + "'");
        }
    }

    private long time(String cell) {
        try {
            if (cell.chars().allMatch(Character::isDigit)) {
                long number = Long.parseLong(cell);
                return number < SMALLEST_MILLIS ? number * 1_000 : number;
            }
            return parse(cell);
        } catch (DateTimeParseException | NumberFormatException e) {
            throw refusal("a time such as 2014-05-14 01:14:00 or seconds since 1970, got '" + cell + "'");
        }
    }

    /// @throws DateTimeParseException if it is no time
    static long parse(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text).toEpochMilli()
                : LocalDateTime.parse(text.replace(' ', 'T'))
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
    }

    private IllegalArgumentException refusal(String expected) {
        return new IllegalArgumentException(file.getFileName() + ":" + line + ": expected " + expected);
    }
}
