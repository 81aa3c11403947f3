package io.telltale.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until it is told.
public final class SettableClock implements InstantSource {
    private volatile Instant now = Instant.parse("2024-11-21T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void forward(Duration step) {
        now = now.plus(step);
    }
}
