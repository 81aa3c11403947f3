package io.telltale.dashboard.http;

import java.time.Duration;

/// What a request about things that happened means by `from` and `to`.
///
/// @param fromMillis inclusive, milliseconds since 1970
/// @param toMillis exclusive
record TimeRange(long fromMillis, long toMillis) {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    TimeRange {
        if (toMillis <= fromMillis) {
            throw Problem.badRequest("to: expected later than from (" + fromMillis + "), got " + toMillis);
        }
    }

    /// By default the last day, and a day ahead for device clocks that run fast.
    static TimeRange of(Parameters parameters, long nowMillis) {
        var to = parameters.timeMillis("to");
        return new TimeRange(
                parameters.timeMillis("from").orElse(Math.max(0, to.orElse(nowMillis) - DAY_MILLIS)),
                to.orElse(nowMillis + DAY_MILLIS));
    }
}
