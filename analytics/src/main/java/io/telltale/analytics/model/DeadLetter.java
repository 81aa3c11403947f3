package io.telltale.analytics.model;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// A message that could not be understood, kept whole so that it can be looked at and replayed.
///
/// @param door which door it came by, e.g. `listener` or `lane`
/// @param detail what was wrong, where and what was expected; one sentence for a person
/// @param byteOffset where in the payload the trouble begins, from 0; empty where no byte is to blame
/// @param replayedMillis when it was replayed and understood, milliseconds since 1970; empty while it is open
public record DeadLetter(
        UUID id,
        long arrivalMillis,
        String door,
        String topic,
        byte[] payload,
        Reason reason,
        String detail,
        OptionalInt byteOffset,
        OptionalLong replayedMillis)
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

    public enum State {
        /// Not understood so far.
        OPEN,
        /// Understood by now: what it says is stored.
        REPLAYED
    }

    public DeadLetter {
        payload = payload.clone();
    }

    /// The same letter, understood by now.
    public DeadLetter replayed(long atMillis) {
        return new DeadLetter(
                id, arrivalMillis, door, topic, payload, reason, detail, byteOffset, OptionalLong.of(atMillis));
    }

    /// Which letters are meant. What is empty does not matter.
    ///
    /// @param topicPart a part of the topic, in any case
    /// @param fromMillis of arrival, inclusive, milliseconds since 1970
    /// @param toMillis exclusive
    public record Filter(
            Optional<Reason> reason,
            Optional<String> door,
            Optional<String> topicPart,
            Optional<State> state,
            long fromMillis,
            long toMillis) {}

    /// Which of those that match are wanted.
    ///
    /// @param offset how many to skip
    public record Page(Order order, int offset, int limit) {}

    /// By arrival.
    public enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST
    }
}
