package io.telltale.simulator.mqtt;

/// Finds the one property of a CONNACK that binds a publisher. MQTT 5, sections 2.2.2.2 and 3.2.2.3.
final class ConnackProperties {
    private static final int UNLIMITED = 65_535;
    private static final int RECEIVE_MAXIMUM = 0x21;
    /// Two bytes of flags and reason, then the length of the properties, which is one byte as long as they are
    /// few.
    private static final int FIRST = 3;

    private ConnackProperties() {}

    /// @param connack what follows the fixed header
    static int receiveMaximum(byte[] connack) {
        int at = FIRST;
        if (connack.length > 2 && (connack[2] & 0x80) != 0) {
            at++;
        }
        while (at + 1 < connack.length) {
            int property = connack[at++];
            if (property == RECEIVE_MAXIMUM && at + 1 < connack.length) {
                return ((connack[at] & 0xFF) << 8) | (connack[at + 1] & 0xFF);
            }
            at += size(property, connack, at);
        }
        return UNLIMITED;
    }

    private static int size(int property, byte[] connack, int at) {
        return switch (property) {
            // Maximum QoS, and what is available: retain, wildcards, subscription identifiers, shared
            // subscriptions.
            case 0x24, 0x25, 0x28, 0x29, 0x2A -> 1;
            // Topic alias maximum, server keep alive.
            case 0x22, 0x13 -> 2;
            // Session expiry, maximum packet size.
            case 0x11, 0x27 -> 4;
            // A user property: two texts.
            case 0x26 -> text(connack, at) + text(connack, at + text(connack, at));
            // Client id, reason, response information, server reference, authentication: a text each.
            default -> text(connack, at);
        };
    }

    private static int text(byte[] connack, int at) {
        return at + 1 < connack.length ? 2 + (((connack[at] & 0xFF) << 8) | (connack[at + 1] & 0xFF)) : UNLIMITED;
    }
}
