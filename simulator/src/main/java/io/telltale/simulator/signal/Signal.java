package io.telltale.simulator.signal;

/// A quantity over time. Ask with ascending times: some signals have a memory. Single-threaded.
@FunctionalInterface
public interface Signal {
    /// @param millis since 1970, UTC
    double at(long millis);
}
