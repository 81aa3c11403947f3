package io.telltale.server.trial;

import io.telltale.analytics.model.DeviceId;
import io.telltale.server.TelltaleServer;
import io.telltale.storage.read.StoredSince;

/// The fleet's account held against the store.
///
/// @param stored distinct messages of the fleet's devices in the store
/// @param duplicates messages that were sent again on purpose and changed nothing
/// @param lost acked, yet neither stored nor a dead letter
public record Reckoning(
        long sent, long acked, long stored, long duplicates, long deadLetters, long points, long rollups, long lost) {

    /// Blocks while the store counts.
    public static Reckoning of(FleetLedger ledger, TelltaleServer server) {
        return of(
                ledger,
                server.store()
                        .storedSince(ledger.startMillis())
                        .toCompletableFuture()
                        .join());
    }

    static Reckoning of(FleetLedger ledger, StoredSince stored) {
        long messages = 0;
        long missing = 0;
        for (var device : ledger.ackedByDevice().entrySet()) {
            long there = stored.messages().getOrDefault(new DeviceId(device.getKey()), 0L);
            messages += there;
            missing += Math.max(0, device.getValue() - there);
        }
        long missingLetters = Math.max(0, ledger.malformed() - stored.deadLetters());
        return new Reckoning(
                ledger.sent(),
                ledger.acked(),
                messages,
                ledger.duplicates(),
                stored.deadLetters(),
                stored.points(),
                stored.rollups(),
                missing + missingLetters);
    }

    /// What was sent and is neither stored nor a duplicate nor a dead letter. Messages that were never acked may be
    /// among it; below 0 when a message that became a dead letter was sent again after a reconnect.
    public long unexplained() {
        return sent - stored - duplicates - deadLetters;
    }

    /// A line each, for a person and for `grep`.
    public String lines() {
        return """
                sent: %d
                acked: %d
                stored: %d
                duplicates: %d
                dead letters: %d
                unexplained: %d
                lost: %d""".formatted(sent, acked, stored, duplicates, deadLetters, unexplained(), lost);
    }
}
