package io.telltale.analytics.model;

/// Why a rollup was emitted. For people who look at it: its numbers follow from the points alone.
public enum Emission {
    /// The watermark reached the window's end.
    CLOSED(0),
    /// A point within the allowed lateness came after that, fresh or corrected.
    REVISED(1),
    /// Computed anew from the stored points, some of which its device had not counted.
    REPAIRED(2);

    private final int code;

    Emission(int code) {
        this.code = code;
    }

    /// What it is stored as.
    public int code() {
        return code;
    }

    /// @throws IllegalArgumentException if it is not a code
    public static Emission of(int code) {
        return switch (code) {
            case 0 -> CLOSED;
            case 1 -> REVISED;
            case 2 -> REPAIRED;
            default -> throw new IllegalArgumentException("emission: expected 0 to 2, got " + code);
        };
    }
}
