package io.telltale.gateway.lane;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.telltale.analytics.model.Inbound;
import io.telltale.gateway.Ack;
import io.telltale.gateway.Door;
import io.telltale.gateway.GatewaySettings;
import io.telltale.gateway.payload.Reception;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.dispatch.ExecutionContexts;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.connectors.mqtt.MqttConnectionSettings;
import org.apache.pekko.stream.connectors.mqtt.MqttQoS;
import org.apache.pekko.stream.connectors.mqtt.MqttSubscriptions;
import org.apache.pekko.stream.connectors.mqtt.javadsl.MqttMessageWithAck;
import org.apache.pekko.stream.connectors.mqtt.javadsl.MqttSource;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceWithContext;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.FutureConverters;

/// One connection to a broker. The broker keeps what is not acked for the lane's client id, which is the same after
/// every restart, and sends it again when the lane connects again.
///
/// A lost connection fails the line; so does an ack that takes too long. Run the whole line anew then, never its source
/// alone: an ack to a connection that is gone never completes. Any thread.
public final class MqttLane implements Door {
    private static final Logger log = LoggerFactory.getLogger(MqttLane.class);
    private static final ExecutionContext SAME_THREAD = ExecutionContexts.fromExecutor(Runnable::run);

    private final GatewaySettings settings;
    private final String name;
    private final String clientId;
    private final String broker;
    private final Reception reception;
    private final Counter connects;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final SharedKillSwitch reading;
    private final SharedKillSwitch line;

    private MqttLane(GatewaySettings settings, String broker, int number, MeterRegistry meters, InstantSource clock) {
        this.settings = settings;
        this.broker = broker;
        this.name = "lane-" + URI.create(broker).getAuthority() + "-" + number;
        this.clientId = settings.lane().clientIdPrefix() + "-" + number;
        this.reception = new Reception(name, settings.payload(), meters, clock);
        this.connects = meters.counter("telltale.gateway.lane.connects", "door", name);
        this.reading = KillSwitches.shared(name + "-reading");
        this.line = KillSwitches.shared(name);
        meters.gauge("telltale.gateway.deliveries.in.flight", Tags.of("door", name), inFlight);
    }

    /// The lanes of every broker in the settings. They connect when their line runs.
    public static List<MqttLane> open(GatewaySettings settings, MeterRegistry meters, InstantSource clock) {
        var lanes = new ArrayList<MqttLane>();
        for (var broker : settings.brokers()) {
            for (int number = 1; number <= settings.lanesPerBroker(); number++) {
                lanes.add(new MqttLane(settings, broker, number, meters, clock));
            }
        }
        return List.copyOf(lanes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SourceWithContext<Inbound, Ack, NotUsed> deliveries() {
        return SourceWithContext.fromPairs(
                Source.lazySource(this::connect).mapMaterializedValue(_ -> NotUsed.getInstance()));
    }

    private Source<Pair<Inbound, Ack>, CompletionStage<Done>> connect() {
        connects.increment();
        inFlight.set(0);
        log.debug("{}: connecting to {} as {}", name, broker, clientId);
        return MqttSource.atLeastOnce(connection(), subscriptions(), settings.window())
                .via(reading.flow())
                .map(this::receive)
                .via(line.flow());
    }

    private Pair<Inbound, Ack> receive(MqttMessageWithAck delivery) {
        inFlight.incrementAndGet();
        var message = delivery.message();
        // The connector does not tell the QoS; a subscription with QoS 1 gets no more than that.
        var inbound = reception.receive(message.topic(), message.payload().toArrayUnsafe(), 1);
        return Pair.create(inbound, new LaneAck(delivery));
    }

    private MqttConnectionSettings connection() {
        var lane = settings.lane();
        var address = HeldConnection.address(broker, lane.keepAlive());
        var plain = MqttConnectionSettings.create(address, clientId, new MemoryPersistence())
                .withCleanSession(false)
                .withAutomaticReconnect(false)
                .withKeepAliveInterval(Duration.ZERO) // TCP does that
                .withConnectionTimeout(lane.connectDeadline());
        return lane.credentials()
                .map(credentials -> plain.withAuth(credentials.username(), credentials.password()))
                .orElse(plain);
    }

    /// Several lanes share one subscription. A single one has a plain subscription: Mosquitto up to 2.0 forgets shared
    /// ones when it restarts, and then drops what is published before the lanes are back.
    private MqttSubscriptions subscriptions() {
        var share = settings.lanesPerBroker() == 1
                ? ""
                : "$share/" + settings.lane().shareName() + "/";
        return MqttSubscriptions.create(List.of(
                Pair.create(share + "telemetry/#", MqttQoS.atLeastOnce()),
                Pair.create(share + "status/#", MqttQoS.atLeastOnce())));
    }

    @Override
    public <T> Flow<Pair<T, Ack>, Done, NotUsed> acknowledge() {
        long deadlineMillis = settings.ackDeadline().toMillis();
        return Flow.<Pair<T, Ack>>create()
                .mapAsync(settings.window(), durable -> ((LaneAck) durable.second()).fulfil(deadlineMillis))
                .map(done -> {
                    inFlight.decrementAndGet();
                    reception.acked(1);
                    return done;
                });
    }

    @Override
    public CompletionStage<Done> stopReading() {
        reading.shutdown();
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    @Override
    public CompletionStage<Done> close() {
        line.shutdown();
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    /// The connector's own ack.
    private record LaneAck(MqttMessageWithAck delivery) implements Ack {
        /// @return fails when the connector has not sent the ack by then
        CompletableFuture<Done> fulfil(long deadlineMillis) {
            var acked = new CompletableFuture<Done>();
            // The connector's own stage cannot be given a deadline: a stream would unwrap the Scala future in it and
            // wait for that. On the completing thread: it does nothing but complete.
            FutureConverters.asScala(delivery.ack())
                    .onComplete(
                            result -> result.isSuccess()
                                    ? acked.complete(result.get())
                                    : acked.completeExceptionally(
                                            result.failed().get()),
                            SAME_THREAD);
            return acked.orTimeout(deadlineMillis, TimeUnit.MILLISECONDS);
        }
    }
}
