package io.telltale.simulator.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.OptionalLong;

/// What each device of a fleet did, by its place. Each device is written by one thread; who reads meanwhile may
/// see numbers that are a little old.
public final class Accounts {
    final long[] sent;
    final long[] acked;
    final long[] duplicates;
    final long[] malformed;
    final long[] odd;
    final long[] unsent;

    public Accounts(int devices) {
        sent = new long[devices];
        acked = new long[devices];
        duplicates = new long[devices];
        malformed = new long[devices];
        odd = new long[devices];
        unsent = new long[devices];
    }

    /// What was due of a device and has not left when the run ended.
    public void unsent(int place, long messages) {
        unsent[place] = messages;
    }

    /// One device.
    ///
    /// @param intended messages that were due, and not left out on purpose
    /// @param sent distinct messages that left, of all kinds
    /// @param acked distinct well-formed messages with a right time that were acked: so many event times the
    /// store must have at least
    /// @param duplicates acked messages that repeat another; `malformed` and `odd` likewise
    /// @param stored distinct event times that the server has; absent when it was not asked
    /// @param lost those of `acked` that the server does not have; likewise
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Account(
            String id,
            long intended,
            long sent,
            long acked,
            long duplicates,
            long malformed,
            long odd,
            OptionalLong stored,
            OptionalLong lost) {

        /// The same with what the server has.
        public Account withStored(long messages) {
            return new Account(
                    id,
                    intended,
                    sent,
                    acked,
                    duplicates,
                    malformed,
                    odd,
                    OptionalLong.of(messages),
                    OptionalLong.of(Math.max(0, acked - messages)));
        }
    }

    public Account of(int place, String id) {
        return new Account(
                id,
                sent[place] + unsent[place],
                sent[place],
                acked[place],
                duplicates[place],
                malformed[place],
                odd[place],
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    public int size() {
        return sent.length;
    }
}
