package io.telltale.simulator.device;

/// What a device measures, slot by slot. Single-threaded.
interface Readings {
    /// Puts the values of the slot into `values`. Slots ascend by one.
    void sample(long slot, long millis, double[] values);

    /// The event time of the slot, where a device whose clock runs with ours has `millis`.
    default long eventMillis(long slot, long millis) {
        return millis;
    }

    /// Is the slot sampled last one that the store need not have as a message of its own?
    default boolean isOdd() {
        return false;
    }

    /// The run is over.
    default void finish() {}
}
