package io.telltale.analytics.model;

import java.util.UUID;

/// A message that could not be understood, kept whole so that it can be looked at and replayed.
///
/// @param door which door it came by, e.g. `listener` or `lane`
/// @param detail what was wrong, where and what was expected; one sentence for a person
public record DeadLetter(
        UUID id, long arrivalMillis, String door, String topic, byte[] payload, Reason reason, String detail)
        implements Inbound {

    public enum Reason {
        /// The topic is none that we map to a device.
        UNKNOWN_TOPIC,
        /// The payload is not well-formed.
        MALFORMED,
        /// Well-formed, but a value has a type or range that is not allowed.
        INVALID_VALUE,
        /// More bytes, points or nesting than the settings allow.
        TOO_LARGE,
        /// Event time too far ahead of our clock.
        FUTURE_TIMESTAMP
    }

    public DeadLetter {
        payload = payload.clone();
    }
}
