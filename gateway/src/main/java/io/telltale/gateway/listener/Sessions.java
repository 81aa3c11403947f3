package io.telltale.gateway.listener;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is connected under which client id, and the sessions of those who are away. In memory: a restart forgets them.
///
/// @param <O> an owner: a connection
final class Sessions<O> {
    /// Of MQTT 5: a session that never ends by time.
    static final Duration FOR_EVER = Duration.ofSeconds(0xFFFF_FFFFL);

    private final int maxAway;
    private final InstantSource clock;
    private final Map<String, Present<O>> present = new HashMap<>();
    /// By the time they went away.
    private final LinkedHashMap<String, Away> away = new LinkedHashMap<>();

    /// @param isResumed whether there was a session to go on with
    /// @param previous who held the client id until now and must go
    record Claim<O>(
            Session session,
            boolean isResumed,
            @Nullable O previous,
            @Nullable DelayedWill delayedWill) {}

    private record Present<O>(Session session, boolean isKept, O owner) {}

    private record Away(
            Session session, long untilMillis, @Nullable DelayedWill delayedWill) {}

    Sessions(int maxAway, InstantSource clock) {
        this.maxAway = maxAway;
        this.clock = clock;
    }

    /// Whether one more may connect; who comes back always may.
    synchronized boolean admits(String clientId, int maxPresent) {
        return present.size() < maxPresent || present.containsKey(clientId);
    }

    /// Makes the client id the owner's.
    ///
    /// @param isClean forget the session there was
    /// @param isKept the session outlives the connection
    synchronized Claim<O> claim(String clientId, boolean isClean, boolean isKept, O owner) {
        var before = present.get(clientId);
        var gone = away.remove(clientId);
        Session old = null;
        if (before != null) {
            old = before.isKept ? before.session : null;
        } else if (gone != null && gone.untilMillis > clock.millis()) {
            old = gone.session;
        }
        boolean isResumed = old != null && !isClean;
        var session = old == null || isClean ? new Session(clientId) : old;
        present.put(clientId, new Present<>(session, isKept, owner));
        return new Claim<>(
                session, isResumed, before == null ? null : before.owner, gone == null ? null : gone.delayedWill);
    }

    /// The owner is gone. Nothing happens when the client id is another's by now.
    ///
    /// @param keep how long the session is kept; zero ends it
    /// @return the will of the session that ends because too many are kept: it is to be said now
    synchronized @Nullable DelayedWill leave(
            Session session, O owner, Duration keep, @Nullable DelayedWill delayedWill) {
        var current = present.get(session.clientId());
        if (current == null || !current.owner.equals(owner)) {
            return null;
        }
        present.remove(session.clientId());
        if (keep.isPositive()) {
            long untilMillis = keep.equals(FOR_EVER) ? Long.MAX_VALUE : clock.millis() + keep.toMillis();
            away.put(session.clientId(), new Away(session, untilMillis, delayedWill));
        }
        return away.size() > maxAway ? away.pollFirstEntry().getValue().delayedWill : null;
    }

    synchronized int present() {
        return present.size();
    }

    synchronized int away() {
        return away.size();
    }
}
