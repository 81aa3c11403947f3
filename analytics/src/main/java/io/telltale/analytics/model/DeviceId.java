package io.telltale.analytics.model;

/// The name a device publishes under: the `{device}` of `telemetry/{device}`.
///
/// @param value 1 to 128 characters; none of `/ + #`, no control characters
/// Anything else is refused with an [IllegalArgumentException] that names the broken rule.
public record DeviceId(String value) implements Comparable<DeviceId> {
    public static final int MAX_LENGTH = 128;

    public DeviceId {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "device id: expected 1 to " + MAX_LENGTH + " characters, got " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '/' || c == '+' || c == '#' || Character.isISOControl(c)) {
                throw new IllegalArgumentException(
                        "device id: character " + (i + 1) + " is not allowed (no '/', '+', '#' or control characters)");
            }
        }
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
