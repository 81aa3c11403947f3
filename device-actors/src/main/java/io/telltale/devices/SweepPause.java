package io.telltale.devices;

import java.util.function.BooleanSupplier;

/// Whether the sweep may judge silence: not while we ourselves do not listen, and not until devices had time to speak
/// again. The sweep goes down the same line as the devices' messages and stands still with it, so that nobody asks here
/// while the store is away: not having been asked for long means the same.
final class SweepPause {
    private final BooleanSupplier held;
    private final long resumesAfterMillis;
    private long heldMillis = Long.MIN_VALUE;
    private long askedMillis = Long.MIN_VALUE;

    SweepPause(BooleanSupplier held, long resumesAfterMillis) {
        this.held = held;
        this.resumesAfterMillis = resumesAfterMillis;
    }

    boolean lasts(long nowMillis) {
        boolean stoodStill = askedMillis != Long.MIN_VALUE && nowMillis - askedMillis > resumesAfterMillis;
        if (held.getAsBoolean() || stoodStill) {
            heldMillis = nowMillis;
        }
        askedMillis = nowMillis;
        return heldMillis != Long.MIN_VALUE && nowMillis - heldMillis <= resumesAfterMillis;
    }
}
