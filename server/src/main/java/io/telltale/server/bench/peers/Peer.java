package io.telltale.server.bench.peers;

import io.telltale.server.bench.ladder.Contender;
import io.telltale.server.trial.Mosquitto;
import io.telltale.server.trial.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Who can be measured.
public enum Peer {
    /// Mosquitto, Node-RED with a function that batches, ClickHouse.
    NODE_RED("Node-RED"),
    /// Mosquitto, a plain program of pekko-connectors-mqtt and JDBC batches, ClickHouse.
    JDBC("plain JDBC program"),
    /// Mosquitto, Telltale with one lane, ClickHouse.
    LANE("Telltale, one lane"),
    /// Telltale's own listener, ClickHouse.
    LISTENER("Telltale, listener"),
    /// Mosquitto and one lane with nothing behind it.
    BARE_LANE("bare lane"),
    /// The listener with nothing behind it.
    BARE_LISTENER("bare listener");

    final String title;

    Peer(String title) {
        this.title = title;
    }

    /// @param home where Telltale lives
    /// @param nodeRed where Node-RED is, or is to be installed
    /// @param directory for everything it writes
    Contender start(Path home, Path nodeRed, Path directory) throws IOException, InterruptedException {
        return switch (this) {
            case NODE_RED -> {
                NodeRed.install(home, nodeRed);
                var broker = broker(directory);
                var store = tables(home, directory);
                var program = Program.nodeRed(home, nodeRed, directory, broker.port(), store);
                yield Storing.start(program, directory, broker.port(), Optional.of(broker), store);
            }
            case JDBC -> {
                var broker = broker(directory);
                var store = tables(home, directory);
                var program = Program.jdbc(home, broker.port(), store);
                yield Storing.start(program, directory, broker.port(), Optional.of(broker), store);
            }
            case LANE -> {
                var broker = broker(directory);
                var store = new Store(home, directory.resolve("clickhouse"));
                var sets = List.of(
                        "telltale.gateway.mqtt.enabled=false",
                        "telltale.gateway.brokers=tcp://127.0.0.1:" + broker.port());
                var program = Program.telltale(home, directory, store, sets);
                yield Storing.start(program, directory, broker.port(), Optional.of(broker), store);
            }
            case LISTENER -> {
                var store = new Store(home, directory.resolve("clickhouse"));
                int mqttPort = Ports.free();
                var program =
                        Program.telltale(home, directory, store, List.of("telltale.gateway.mqtt.port=" + mqttPort));
                yield Storing.start(program, directory, mqttPort, Optional.empty(), store);
            }
            case BARE_LANE -> BareDoor.lane(broker(directory));
            case BARE_LISTENER -> BareDoor.listener();
        };
    }

    private static Mosquitto broker(Path directory) throws IOException, InterruptedException {
        return new Mosquitto(Files.createDirectories(directory.resolve("mosquitto")));
    }

    /// Telltale makes its own; the others find theirs.
    private static Store tables(Path home, Path directory) throws IOException, InterruptedException {
        var store = new Store(home, directory.resolve("clickhouse"));
        store.tell("CREATE DATABASE telltale");
        store.tell(Files.readString(home.resolve("peers/points.sql")));
        return store;
    }
}
