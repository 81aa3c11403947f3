package io.telltale.storage.write;

import java.util.Optional;
import java.util.OptionalLong;

/// How the store is doing, at a glance.
///
/// @param waitingRows rows accepted but not yet durable
/// @param waitingSinceMillis since when the oldest of them waits; empty when none does
/// @param lastWriteMillis when a batch last became durable; empty before the first
/// @param lastError why the batch at hand failed the last time; empty when it did not
public record StoreHealth(
        State state,
        long waitingRows,
        OptionalLong waitingSinceMillis,
        OptionalLong lastWriteMillis,
        Optional<String> lastError) {

    public enum State {
        UP,
        /// The oldest batch has waited for longer than a second.
        BEHIND
    }
}
