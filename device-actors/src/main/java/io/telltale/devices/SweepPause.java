package io.telltale.devices;

import java.util.function.BooleanSupplier;

/// Whether the sweep may judge silence: not while we ourselves do not listen, and not until devices had time to speak
/// again. Before our start we did not listen either.
final class SweepPause {
    private final BooleanSupplier held;
    private final long resumesAfterMillis;
    private long heldMillis;

    SweepPause(BooleanSupplier held, long resumesAfterMillis, long startMillis) {
        this.held = held;
        this.resumesAfterMillis = resumesAfterMillis;
        heldMillis = startMillis;
    }

    boolean lasts(long nowMillis) {
        if (held.getAsBoolean()) {
            heldMillis = nowMillis;
        }
        return nowMillis - heldMillis <= resumesAfterMillis;
    }
}
