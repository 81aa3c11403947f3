package io.telltale.simulator;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/// Durations as people write them: `500ms`, `30s`, `1.5s`, `5m`, `1h30m`, `10d`, `1d12h`.
final class Durations {
    private static final String MILLIS = "ms";

    private Durations() {}

    private static String iso(String text) {
        int days = text.indexOf('D') + 1;
        var rest = text.substring(days);
        return "P" + text.substring(0, days) + (rest.isEmpty() ? "" : "T" + rest);
    }

    static Duration parse(String text) {
        try {
            return text.endsWith(MILLIS)
                    ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - MILLIS.length())))
                    : Duration.parse(iso(text.toUpperCase(Locale.ROOT)));
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new TypeConversionException(
                    "expected a time such as 500ms, 30s, 5m 1h30m or 10d, got '" + text + "'");
        }
    }
}
