package io.telltale.devices;

import java.util.function.BooleanSupplier;

/// Whether the sweep may judge silence: not while we ourselves do not listen, and not until devices had time to speak
/// again.
final class SweepPause {
    private final BooleanSupplier held;
    private final long resumesAfterMillis;
    private long heldMillis = Long.MIN_VALUE;

    SweepPause(BooleanSupplier held, long resumesAfterMillis) {
        this.held = held;
        this.resumesAfterMillis = resumesAfterMillis;
    }

    boolean lasts(long nowMillis) {
        if (held.getAsBoolean()) {
            heldMillis = nowMillis;
        }
        return heldMillis != Long.MIN_VALUE && nowMillis - heldMillis <= resumesAfterMillis;
    }
}
