package io.telltale.dashboard.source;

import io.telltale.analytics.model.DeadLetter;
import java.util.OptionalInt;
import java.util.UUID;

/// What came of replaying one dead letter.
public sealed interface Replayed {
    UUID id();

    /// Understood: its points are durable and it is marked.
    ///
    /// @param points how many there are in it, those that were stored before included
    record Stored(UUID id, int points) implements Replayed {}

    /// Still not understood, and left as it was.
    ///
    /// @param reason why not now; it need not be the letter's own
    record StillDead(UUID id, DeadLetter.Reason reason, String detail, OptionalInt byteOffset) implements Replayed {}
}
