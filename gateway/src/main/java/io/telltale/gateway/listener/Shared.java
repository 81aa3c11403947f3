package io.telltale.gateway.listener;

import io.netty.channel.EventLoop;
import io.telltale.gateway.GatewaySettings;
import io.telltale.gateway.payload.Reception;
import java.util.Map;
import java.util.Set;

/// What the connections of one listener have in common.
record Shared(
        GatewaySettings settings,
        Guard guard,
        Reception reception,
        Inflow inflow,
        Window window,
        Sessions<Connection> sessions,
        Set<Connection> connections,
        Map<EventLoop, AckRounds> ackRounds,
        ListenerMeters meters) {

    /// Says a last will as if its device had published it. Any thread.
    void publish(Will will) {
        inflow.add(Delivery.ofWill(reception.receive(will.topic(), will.payload(), 0)));
        inflow.wake();
    }
}
