package io.telltale.gateway.payload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.Inbound;
import io.telltale.gateway.GatewaySettings;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Where a door takes a message in: notes the arrival, reads it, counts. Free to share between threads.
public final class Reception {
    private final String door;
    private final InboundDecoder decoder;
    private final InstantSource clock;
    private final Counter[] deliveriesByQos = new Counter[3];
    private final Map<DeadLetter.Reason, Counter> deadLetters = new EnumMap<>(DeadLetter.Reason.class);
    private final Counter acks;

    public Reception(String door, GatewaySettings.Payload limits, MeterRegistry meters, InstantSource clock) {
        this.door = door;
        this.decoder = new InboundDecoder(limits);
        this.clock = clock;
        for (int qos = 0; qos < deliveriesByQos.length; qos++) {
            deliveriesByQos[qos] =
                    meters.counter("telltale.gateway.deliveries", "door", door, "qos", Integer.toString(qos));
        }
        for (var reason : DeadLetter.Reason.values()) {
            deadLetters.put(
                    reason, meters.counter("telltale.gateway.dead.letters", "door", door, "reason", reason.name()));
        }
        this.acks = meters.counter("telltale.gateway.acks", "door", door);
    }

    /// @param qos 0, 1 or 2
    public Inbound receive(String topic, byte[] payload, int qos) {
        deliveriesByQos[qos].increment();
        var inbound = decoder.decode(topic, payload, clock.millis(), door);
        if (inbound instanceof DeadLetter letter) {
            Objects.requireNonNull(deadLetters.get(letter.reason())).increment();
        }
        return inbound;
    }

    /// Counts messages whose sender was told that they are durable.
    public void acked(int messages) {
        acks.increment(messages);
    }
}
