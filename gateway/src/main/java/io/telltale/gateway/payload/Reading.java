package io.telltale.gateway.payload;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.Inbound;
import java.util.OptionalInt;

/// What came of reading a message.
sealed interface Reading {
    record Understood(Inbound inbound) implements Reading {}

    /// @param detail one sentence for a person
    /// @param byteOffset where the trouble begins; empty where no byte of the payload is to blame
    record Refused(DeadLetter.Reason reason, String detail, OptionalInt byteOffset) implements Reading {
        static Refused asAWhole(DeadLetter.Reason reason, String detail) {
            return new Refused(reason, detail, OptionalInt.empty());
        }

        static Refused at(long byteOffset, DeadLetter.Reason reason, String detail) {
            return new Refused(
                    reason, detail, byteOffset < 0 ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(byteOffset)));
        }
    }
}
