package io.telltale.devices;

import java.util.function.BooleanSupplier;

/// Whether the sweep may judge silence: not while we ourselves do not listen, and not until devices had time to speak
/// again. Before our start we did not listen either. Nor did we when nobody asked here for long: the sweep goes down
/// the same line as the devices' messages, and stands still with it while the store is away.
final class SweepPause {
    private final BooleanSupplier held;
    private final long resumesAfterMillis;
    private long heldMillis;
    private long askedMillis;

    SweepPause(BooleanSupplier held, long resumesAfterMillis, long startMillis) {
        this.held = held;
        this.resumesAfterMillis = resumesAfterMillis;
        heldMillis = startMillis;
        askedMillis = startMillis;
    }

    boolean lasts(long nowMillis) {
        if (held.getAsBoolean() || nowMillis - askedMillis > resumesAfterMillis) {
            heldMillis = nowMillis;
        }
        askedMillis = nowMillis;
        return nowMillis - heldMillis <= resumesAfterMillis;
    }
}
