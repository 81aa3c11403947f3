package io.telltale.server.chaos.fleet;

/// One value of one metric.
///
/// @param value a [Double], [Boolean] or [String]
public record Reading(String metric, Object value) {

    /// As it is rolled up.
    ///
    /// @throws IllegalStateException for a text
    public double number() {
        return switch (value) {
            case Double number -> number;
            case Boolean flag -> flag ? 1 : 0;
            default -> throw new IllegalStateException(metric + " is a text");
        };
    }

    public boolean isText() {
        return value instanceof String;
    }

    /// @param number column `value` of `points`, as text
    /// @param text column `text`
    public boolean isStoredAs(String number, String text) {
        return value instanceof String expected
                ? expected.equals(text)
                : text.isEmpty() && Double.parseDouble(number) == number();
    }
}
