package io.telltale.server.detect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A recorded series: a CSV file, packed by gzip or not, whose header names the columns `timestamp` and `value`. Rows
/// stay as they are and in their order, whatever their times are.
///
/// @param rows `timestamp,value` as the file says
/// @param timesMillis since 1970
/// @param values NaN where the file says nothing
public record SeriesFile(List<String> rows, long[] timesMillis, double[] values) {
    private static final String PACKED = ".gz";

    public SeriesFile {
        rows = List.copyOf(rows);
    }

    static boolean isOne(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".csv") || name.endsWith(".csv" + PACKED);
    }

    /// The file's name when it is not packed.
    static String plainName(Path file) {
        var name = file.toString();
        return name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name;
    }

    /// @throws IllegalArgumentException naming file, line and field that cannot be read
    public static SeriesFile read(Path file) throws IOException {
        try (var in = Files.newInputStream(file);
                var plain = file.toString().endsWith(PACKED) ? new GZIPInputStream(in) : in;
                var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return new Reading(file, reader).all();
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static final class Reading {
        private final Path file;
        private final BufferedReader reader;
        private final List<String> rows = new ArrayList<>();
        private long[] times = new long[1024];
        private double[] values = new double[1024];
        private int line;

        Reading(Path file, BufferedReader reader) {
            this.file = file;
            this.reader = reader;
        }

        SeriesFile all() throws IOException {
            var header = next();
            var names =
                    header == null ? List.<String>of() : List.of(header.strip().split(",", -1));
            int timestamp = names.indexOf("timestamp");
            int value = names.indexOf("value");
            if (timestamp < 0 || value < 0) {
                throw refusal("header", "the columns timestamp and value", header == null ? "nothing" : header);
            }
            for (var row = next(); row != null; row = next()) {
                if (!row.isBlank()) {
                    add(row.strip().split(",", -1), timestamp, value, names.size());
                }
            }
            return new SeriesFile(rows, Arrays.copyOf(times, rows.size()), Arrays.copyOf(values, rows.size()));
        }

        private @Nullable String next() throws IOException {
            line++;
            return reader.readLine();
        }

        private void add(String[] fields, int timestamp, int value, int columns) {
            if (fields.length != columns) {
                throw refusal("row", columns + " fields", String.valueOf(fields.length));
            }
            int row = rows.size();
            if (row == times.length) {
                times = Arrays.copyOf(times, 2 * row);
                values = Arrays.copyOf(values, 2 * row);
            }
            try {
                times[row] = Timestamps.millis(fields[timestamp].strip());
            } catch (IllegalArgumentException _) {
                throw refusal("timestamp", "seconds since 1970 or YYYY-MM-DD HH:MM:SS", fields[timestamp]);
            }
            try {
                values[row] = fields[value].isBlank() ? Double.NaN : Double.parseDouble(fields[value].strip());
            } catch (NumberFormatException _) {
                throw refusal("value", "a number", fields[value]);
            }
            rows.add(fields[timestamp] + "," + fields[value]);
        }

        private IllegalArgumentException refusal(String field, String expected, String got) {
            return new IllegalArgumentException(
                    file + ": line " + line + ": " + field + ": expected " + expected + ", got '" + got + "'");
        }
    }
}
