package io.telltale.server.bench;

import java.time.Duration;

/// How much is sent, and for how long.
record Load(double messagesPerSecond, int devices, Duration duration) {
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(15);
    private static final int FEWEST_UNDER_WAY = 64;
    private static final int MOST_UNDER_WAY = 256; // more the server does not take from a connection

    /// The first part of the duration, in which a cold server learns its hot code.
    Duration warmUp() {
        var quarter = duration.dividedBy(4);
        return quarter.compareTo(LONGEST_WARM_UP) < 0 ? quarter : LONGEST_WARM_UP;
    }

    /// How many messages of a device may wait for their acks: those of a second. With fewer a fast device waits for
    /// itself, with many more two thousand of them fill the server's window over and over.
    int window() {
        return (int) Math.clamp(messagesPerSecond / devices, FEWEST_UNDER_WAY, MOST_UNDER_WAY);
    }
}
