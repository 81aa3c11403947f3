package io.telltale.storage.read;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The values of a query's `{name:Type}` places, in the writing ClickHouse expects of them.
final class Parameters {
    /// What a `DateTime64(3)` can hold: the years 1900 to 2299.
    private static final long MIN_MILLIS = -2_208_988_800_000L;

    private static final long MAX_MILLIS = 10_413_791_999_999L;

    private final Map<String, Object> values = new HashMap<>();

    Parameters with(String name, long value) {
        values.put(name, Long.toString(value));
        return this;
    }

    /// For an `Int64` that becomes a `DateTime64(3)`; a time beyond its range becomes the nearest it can hold.
    Parameters withTime(String name, long millis) {
        return with(name, Math.clamp(millis, MIN_MILLIS, MAX_MILLIS));
    }

    Parameters with(String name, String text) {
        values.put(name, escape(text));
        return this;
    }

    Parameters with(String name, Collection<String> texts) {
        String array = texts.stream()
                .map(text -> "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'")
                .collect(Collectors.joining(",", "[", "]"));
        values.put(name, escape(array));
        return this;
    }

    /// Parameters travel as a field of tab-separated values.
    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\0", "\\0");
    }

    Map<String, Object> values() {
        return values;
    }
}
