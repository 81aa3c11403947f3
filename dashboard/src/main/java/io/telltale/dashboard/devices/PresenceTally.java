package io.telltale.dashboard.devices;

import io.telltale.analytics.model.Presence;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// How many devices are in which presence, kept up as they change. Thread-safe.
final class PresenceTally {
    private final Map<Presence, AtomicInteger> devices = new EnumMap<>(Presence.class);

    PresenceTally() {
        for (Presence presence : Presence.values()) {
            devices.put(presence, new AtomicInteger());
        }
    }

    void enter(Presence presence) {
        counter(presence).incrementAndGet();
    }

    void move(Presence from, Presence to) {
        if (from != to) {
            counter(from).decrementAndGet();
            counter(to).incrementAndGet();
        }
    }

    int of(Presence presence) {
        return counter(presence).get();
    }

    private AtomicInteger counter(Presence presence) {
        return Objects.requireNonNull(devices.get(presence));
    }
}
