package io.telltale.analytics.model;

/// One value of one metric at one event time. Numbers and booleans (1 and 0) are [Numeric]s and are rolled up;
/// [Text]s are only stored.
public sealed interface Point {
    int MAX_METRIC_LENGTH = 128;
    int MAX_TEXT_LENGTH = 4096;

    String metric();

    /// The device's own clock, milliseconds since 1970.
    long eventTimeMillis();

    /// @param value finite
    record Numeric(String metric, long eventTimeMillis, double value) implements Point {
        public Numeric {
            requireMetric(metric);
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(metric + ": expected a finite number, got " + value);
            }
        }
    }

    /// @param text at most [#MAX_TEXT_LENGTH] characters
    record Text(String metric, long eventTimeMillis, String text) implements Point {
        public Text {
            requireMetric(metric);
            if (text.length() > MAX_TEXT_LENGTH) {
                throw new IllegalArgumentException(
                        metric + ": expected at most " + MAX_TEXT_LENGTH + " characters, got " + text.length());
            }
        }
    }

    private static void requireMetric(String metric) {
        if (metric.isEmpty() || metric.length() > MAX_METRIC_LENGTH) {
            throw new IllegalArgumentException(
                    "metric name: expected 1 to " + MAX_METRIC_LENGTH + " characters, got " + metric.length());
        }
    }
}
