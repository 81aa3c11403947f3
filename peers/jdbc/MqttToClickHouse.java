import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.connectors.mqtt.MqttConnectionSettings;
import org.apache.pekko.stream.connectors.mqtt.MqttQoS;
import org.apache.pekko.stream.connectors.mqtt.MqttSubscriptions;
import org.apache.pekko.stream.connectors.mqtt.javadsl.MqttMessageWithAck;
import org.apache.pekko.stream.connectors.mqtt.javadsl.MqttSource;
import org.apache.pekko.stream.javadsl.Sink;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/// What one writes in an afternoon: MQTT in, batches by size and time, a JDBC batch out, acks once it is in.
/// Arguments: the broker's port, ClickHouse's JDBC address, user; the password is in the environment.
public final class MqttToClickHouse {
    private static final int BATCH_MESSAGES = 10_000 / 3;
    private static final int BUFFER_MESSAGES = 65_536;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection store;
    private final ExecutorService inserter = Executors.newSingleThreadExecutor();

    private MqttToClickHouse(Connection store) {
        this.store = store;
    }

    public static void main(String[] arguments) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", arguments[2]);
        properties.setProperty("password", System.getenv("CLICKHOUSE_PASSWORD"));
        properties.setProperty("beta.row_binary_for_simple_insert", "true"); // twice as fast as text
        properties.setProperty("compress", "false");
        var store = DriverManager.getConnection(arguments[1], properties);
        new MqttToClickHouse(store).run("tcp://127.0.0.1:" + arguments[0]);
    }

    private void run(String broker) {
        var system = ActorSystem.create();
        var connection = MqttConnectionSettings.create(broker, "mqtt-to-clickhouse", new MemoryPersistence())
                .withCleanSession(false);
        MqttSource.atLeastOnce(
                        connection, MqttSubscriptions.create("telemetry/+", MqttQoS.atLeastOnce()), BUFFER_MESSAGES)
                .groupedWithin(BATCH_MESSAGES, Duration.ofMillis(250))
                .mapAsync(1, messages -> CompletableFuture.supplyAsync(() -> insert(messages), inserter))
                .mapConcat(messages -> messages)
                .mapAsync(BUFFER_MESSAGES, MqttMessageWithAck::ack)
                .runWith(Sink.ignore(), system)
                .whenComplete((_, failure) -> {
                    System.out.println("ended: " + failure);
                    System.exit(1);
                });
    }

    private List<MqttMessageWithAck> insert(List<MqttMessageWithAck> messages) {
        try (var row = store.prepareStatement(
                "INSERT INTO telltale.points (device, metric, event_time, value, text) VALUES (?, ?, ?, ?, ?)")) {
            for (var message : messages) {
                var topic = message.message().topic();
                var values = JSON.readTree(message.message().payload().toArrayUnsafe());
                var time = Instant.ofEpochMilli(values.path("ts").asLong());
                for (var value : values.properties()) {
                    if (!value.getKey().equals("ts")) {
                        row.setString(1, topic.substring("telemetry/".length()));
                        row.setString(2, value.getKey());
                        row.setObject(3, time);
                        row.setDouble(4, value.getValue().asDouble());
                        row.setString(5, "");
                        row.addBatch();
                    }
                }
            }
            row.executeBatch();
            return messages;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
