package io.telltale.devices;

import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/// Sends questions after devices that went, passivated or moved, while they were asked straight.
final class Forwarder {
    private Forwarder() {}

    /// @return told of every message that found nobody
    static Behavior<DeadLetter> to(ActorRef<ShardingEnvelope<Device.Command>> region) {
        return Behaviors.receiveMessage(letter -> {
            if (letter.message() instanceof Device.NearAsk ask) {
                region.tell(new ShardingEnvelope<>(ask.inbound().device().value(), ask.toWhereverItIs()));
            }
            return Behaviors.same();
        });
    }
}
