package io.telltale.server.detect;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Times in recorded series: seconds since 1970, or date and time without a zone, taken as UTC.
public final class Timestamps {
    private static final int DATE_LENGTH = 10;

    private Timestamps() {}

    /// @throws IllegalArgumentException for anything else
    public static long millis(String text) {
        try {
            if (text.length() > DATE_LENGTH && text.indexOf('-', 1) > 0 && text.indexOf(':') > 0) {
                var withT = text.replace(' ', 'T');
                return LocalDateTime.parse(withT).toInstant(ZoneOffset.UTC).toEpochMilli();
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(text, e);
        }
        if (text.indexOf('.') < 0) {
            return Math.multiplyExact(Long.parseLong(text), 1000L);
        }
        double seconds = Double.parseDouble(text);
        if (!(Math.abs(seconds) < 1e12)) {
            throw new IllegalArgumentException(text);
        }
        return Math.round(seconds * 1000);
    }
}
