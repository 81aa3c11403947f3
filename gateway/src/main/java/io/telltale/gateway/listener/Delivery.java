package io.telltale.gateway.listener;

import io.telltale.analytics.model.Inbound;
import io.telltale.gateway.Ack;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One publish on its way down the line, and its own ack. One object for both: there is one per message.
final class Delivery implements Ack {
    private final @Nullable Inbound inbound;
    private final @Nullable InFlight inFlight;
    private final int qos;
    private final int packetId;
    private volatile boolean isFulfilled;

    private Delivery(@Nullable Inbound inbound, @Nullable InFlight inFlight, int qos, int packetId) {
        this.inbound = inbound;
        this.inFlight = inFlight;
        this.qos = qos;
        this.packetId = packetId;
    }

    static Delivery of(Inbound inbound, InFlight inFlight, int qos, int packetId) {
        return new Delivery(inbound, inFlight, qos, packetId);
    }

    /// A QoS 2 message sent again that was stored before: it only waits its turn for the ack.
    static Delivery ofStored(InFlight inFlight, int packetId) {
        var delivery = new Delivery(null, inFlight, 2, packetId);
        delivery.isFulfilled = true;
        return delivery;
    }

    /// A last will: its device is gone, nobody waits for the ack.
    static Delivery ofWill(Inbound inbound) {
        return new Delivery(inbound, null, 0, 0);
    }

    Inbound inbound() {
        return Objects.requireNonNull(inbound, "a message that was stored before does not go down the line");
    }

    int qos() {
        return qos;
    }

    int packetId() {
        return packetId;
    }

    boolean isWill() {
        return inFlight == null;
    }

    boolean isFulfilled() {
        return isFulfilled;
    }

    void fulfil() {
        isFulfilled = true;
        if (inFlight != null) {
            inFlight.flushAcksSoon();
        }
    }
}
