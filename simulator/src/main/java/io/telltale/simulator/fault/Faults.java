package io.telltale.simulator.fault;

import java.util.function.Consumer;

/// How much trouble a fleet is to make.
///
/// @param meanHealthyMessages how many messages lie between two faults of a device on average; each time it is half
/// to one and a half of it
/// @param labels hears of each fault when it is over
public record Faults(long meanHealthyMessages, Consumer<Label> labels) {
    public Faults {
        if (meanHealthyMessages < 1) {
            throw new IllegalArgumentException(
                    "messages between faults: expected at least 1, got " + meanHealthyMessages);
        }
    }
}
