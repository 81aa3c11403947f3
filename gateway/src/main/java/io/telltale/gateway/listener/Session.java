package io.telltale.gateway.listener;

import java.util.BitSet;

/// What outlives a connection: the QoS 2 packet ids that were stored (PUBREC) and not yet released (PUBREL). Belongs to
/// one connection at a time, and to its thread.
final class Session {
    private final String clientId;
    private final BitSet unreleased = new BitSet();

    Session(String clientId) {
        this.clientId = clientId;
    }

    String clientId() {
        return clientId;
    }

    void hold(int packetId) {
        unreleased.set(packetId);
    }

    boolean holds(int packetId) {
        return unreleased.get(packetId);
    }

    /// @return whether it was held
    boolean release(int packetId) {
        boolean held = unreleased.get(packetId);
        unreleased.clear(packetId);
        return held;
    }
}
