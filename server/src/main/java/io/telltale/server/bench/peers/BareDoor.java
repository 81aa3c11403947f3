package io.telltale.server.bench.peers;

import io.telltale.server.bench.ladder.Contender;
import com.typesafe.config.Config;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.Report;
import io.telltale.gateway.Door;
import io.telltale.gateway.GatewaySettings;
import io.telltale.gateway.lane.MqttLane;
import io.telltale.gateway.listener.MqttListener;
import io.telltale.server.settings.SettingSources;
import io.telltale.server.trial.Mosquitto;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;

/// A door of Telltale and nothing behind it: what comes in is decoded, acked at once and forgotten. In this process.
final class BareDoor implements Contender {
    private final ActorSystem<?> system;
    private final Door door;
    private final int mqttPort;
    private final Optional<Mosquitto> broker;
    private final AtomicLong reports = new AtomicLong();

    static BareDoor listener() {
        var config = config("telltale.gateway.mqtt.port=0");
        var listener =
                MqttListener.bind(GatewaySettings.from(config), new SimpleMeterRegistry(), InstantSource.system());
        return new BareDoor(config, listener, listener.port(), Optional.empty());
    }

    static BareDoor lane(Mosquitto broker) {
        var config = config("telltale.gateway.brokers=tcp://127.0.0.1:" + broker.port());
        var lane = MqttLane.open(GatewaySettings.from(config), new SimpleMeterRegistry(), InstantSource.system())
                .getFirst();
        return new BareDoor(config, lane, broker.port(), Optional.of(broker));
    }

    private static Config config(String set) {
        return new SettingSources().load(Optional.empty(), List.of("pekko.actor.provider=local", set), System.getenv());
    }

    private BareDoor(Config config, Door door, int mqttPort, Optional<Mosquitto> broker) {
        this.system = ActorSystem.create(Behaviors.empty(), "bare", config);
        this.door = door;
        this.mqttPort = mqttPort;
        this.broker = broker;
        var _ = door.deliveries()
                .map(inbound -> {
                    if (inbound instanceof Report) { // presence is not asked about
                        reports.incrementAndGet();
                    }
                    return inbound;
                })
                .asSource()
                .via(door.acknowledge())
                .runWith(Sink.ignore(), system);
    }

    @Override
    public int mqttPort() {
        return mqttPort;
    }

    @Override
    public long stored() {
        return reports.get();
    }

    @Override
    public Map<String, Long> processes() {
        var all = new TreeMap<String, Long>();
        all.put("contender", ProcessHandle.current().pid());
        broker.ifPresent(mosquitto -> all.put("mosquitto", mosquitto.pid()));
        return all;
    }

    @Override
    public String lastWords() {
        return "none";
    }

    @Override
    public void close() {
        door.stopReading().thenCompose(_ -> door.close()).toCompletableFuture().join();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
        broker.ifPresent(Mosquitto::close);
    }
}
