package io.telltale.storage.read;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The values of a query's `{name:Type}` places. The client quotes and escapes them.
public final class Parameters {
    /// What a `DateTime64(3)` can hold: the years 1900 to 2299.
    private static final long MIN_MILLIS = -2_208_988_800_000L;

    private static final long MAX_MILLIS = 10_413_791_999_999L;

    /// ClickHouse takes a parameter of 128 KiB at most; this leaves room for one more text of a device id's length.
    static final int MAX_BYTES = 120_000;

    /// What a character takes at most, unless it is a plain one.
    private static final int ESCAPED_BYTES = 3;

    /// The quotes around a text in a list, and the comma behind it.
    private static final int QUOTES_BYTES = 9;

    private final Map<String, Object> values = new HashMap<>();

    public Parameters with(String name, long value) {
        values.put(name, Long.toString(value));
        return this;
    }

    /// For an `Int64` that becomes a `DateTime64(3)`; a time beyond its range becomes the nearest it can hold.
    public Parameters withTime(String name, long millis) {
        return with(name, Math.clamp(millis, MIN_MILLIS, MAX_MILLIS));
    }

    public Parameters with(String name, String text) {
        values.put(name, text);
        return this;
    }

    public Parameters with(String name, List<String> texts) {
        values.put(name, texts);
        return this;
    }

    /// How much a text of a list takes, quoted and escaped.
    static int bytesAtMost(String text) {
        int bytes = QUOTES_BYTES;
        for (int i = 0; i < text.length(); i++) {
            bytes += isPlain(text.charAt(i)) ? 1 : ESCAPED_BYTES;
        }
        return bytes;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }

    Map<String, Object> values() {
        return values;
    }
}
