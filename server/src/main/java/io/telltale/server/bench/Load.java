package io.telltale.server.bench;

import java.time.Duration;

/// How much is sent, and for how long.
record Load(double messagesPerSecond, int devices, Duration duration) {
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(15);

    /// The first part of the duration, in which a cold server learns its hot code.
    Duration warmUp() {
        var quarter = duration.dividedBy(4);
        return quarter.compareTo(LONGEST_WARM_UP) < 0 ? quarter : LONGEST_WARM_UP;
    }
}
