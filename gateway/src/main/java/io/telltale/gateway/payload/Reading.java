package io.telltale.gateway.payload;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.Inbound;

/// What came of reading a message.
sealed interface Reading {
    record Understood(Inbound inbound) implements Reading {}

    /// @param detail one sentence for a person
    record Refused(DeadLetter.Reason reason, String detail) implements Reading {}
}
