package io.telltale.server.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Moments as the API takes them: milliseconds since 1970, or ISO 8601 with a zone.
final class Moments implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return text.matches("\\d{1,18}")
                    ? Instant.ofEpochMilli(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw new TypeConversionException(
                    "expected milliseconds since 1970, or a time like 2026-01-31T12:00:00Z, got '" + text + "'");
        }
    }
}
