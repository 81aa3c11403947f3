package io.telltale.gateway.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/// Reads `ts`.
final class EventTime {
    static final long UNREADABLE = Long.MIN_VALUE;

    private static final DateTimeFormatter ISO_8601 = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();
    private static final int MAX_ISO_LENGTH = 64;
    private static final double LONG_RANGE = 0x1p63;

    private EventTime() {}

    /// Milliseconds since 1970; what is beyond a `long` gives its nearest value, what is finer than a millisecond in
    /// ISO 8601 is cut off, and what is no event time is [#UNREADABLE].
    static long read(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> wholeFloat(parser.getDoubleValue());
            case VALUE_STRING -> iso(parser.getText());
            default -> UNREADABLE;
        };
    }

    private static long integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> wholeFloat(parser.getDoubleValue());
        };
    }

    /// A fraction is refused and not cut off: who writes one most likely means seconds.
    private static long wholeFloat(double millis) {
        if (Math.abs(millis) >= LONG_RANGE) {
            return millis > 0 ? Long.MAX_VALUE : -1;
        }
        return millis == Math.rint(millis) ? (long) millis : UNREADABLE;
    }

    private static long iso(String text) {
        if (text.length() > MAX_ISO_LENGTH) {
            return UNREADABLE;
        }
        try {
            return ISO_8601.parse(text, OffsetDateTime::from).toInstant().toEpochMilli();
        } catch (DateTimeException unreadable) {
            return UNREADABLE;
        } catch (ArithmeticException beyondLong) {
            return text.startsWith("-") ? -1 : Long.MAX_VALUE;
        }
    }
}
