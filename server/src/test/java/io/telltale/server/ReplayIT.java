package io.telltale.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.storage.read.StoredSince;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dead letters from their refusal to the day the cause is fixed.
class ReplayIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ONE_POINT_A_PAYLOAD = "telltale.gateway.max-points-per-payload=1";

    private final long base = Instant.now().toEpochMilli() / 10_000 * 10_000 - 60_000;

    @TempDir
    Path directory;

    @Test
    void what_was_dead_under_one_setting_is_stored_once_under_another() throws Exception {
        try (var server = TestServers.start(directory, ONE_POINT_A_PAYLOAD)) {
            publish(
                    server,
                    "{\"ts\": %d, \"temperature\": 1}".formatted(base),
                    "{\"ts\": %d, \"temperature\": 6, \"humidity\": 40}".formatted(base + 1000),
                    "{\"temperature\": 20, \"door\": true}",
                    "{\"ts\": %d, \"temperature\": ".formatted(base + 3000),
                    "{\"ts\": %d, \"temperature\": 2}".formatted(base + 4000),
                    "{\"ts\": %d, \"temperature\": 0}".formatted(base + 12_000));
            assertThat(stored(server).points()).isEqualTo(3);
            assertThat(open(server).path("total").asInt()).isEqualTo(3);
            assertThat(counts(server)).containsExactly(2, 1);

            var stillTooLarge = replay(server, "{\"reason\": \"TOO_LARGE\"}");
            assertThat(stillTooLarge.path("stillDead").asInt()).isEqualTo(2);
            assertThat(open(server).path("total").asInt()).isEqualTo(3);
        }

        try (var server = TestServers.start(directory)) {
            var before = open(server);
            var malformed = before.path("items")
                    .valueStream()
                    .filter(letter -> letter.path("reason").asText().equals("MALFORMED"))
                    .findFirst()
                    .orElseThrow();
            assertThat(malformed.path("byteOffset").asInt())
                    .as("the end of what was cut off")
                    .isEqualTo(malformed.path("size").asInt());
            assertThat(get(
                            server,
                            "/api/v1/dead-letters/" + malformed.path("id").asText()))
                    .isEqualTo(malformed);

            var replayed = replay(server, "{}");

            assertThat(replayed.path("stored").asInt()).isEqualTo(2);
            assertThat(replayed.path("points").asInt()).isEqualTo(4);
            assertThat(replayed.path("stillDead").asInt()).isEqualTo(1);
            assertThat(stored(server).points()).isEqualTo(7);
            assertThat(open(server).path("items")).containsExactly(malformed);
            assertThat(get(server, "/api/v1/dead-letters?state=replayed")
                            .path("total")
                            .asInt())
                    .isEqualTo(2);
            assertThat(counts(server)).as("the closed window is revised").containsExactly(3, 1);
            assertThat(means(server)).containsExactly(3.0, 0.0);
            assertThat(stored(server).deadLetters()).isEqualTo(3);

            var device = get(server, "/api/v1/devices/meter-1");
            assertThat(device.path("latest").findValuesAsText("metric")).contains("door", "humidity");

            for (var letter : before.path("items")) {
                post(server, "/api/v1/dead-letters/" + letter.path("id").asText() + "/replay");
            }
            assertThat(replay(server, "{\"state\": \"all\"}").path("points").asInt())
                    .isEqualTo(4);
            assertThat(stored(server).points()).as("replayed three times").isEqualTo(7);
            assertThat(counts(server)).containsExactly(3, 1);
            assertThat(open(server).path("items")).containsExactly(malformed);
        }
    }

    @Test
    void a_device_known_by_its_dead_letters_alone_appears_with_its_replay_and_is_not_called_online() throws Exception {
        try (var server = TestServers.start(directory, ONE_POINT_A_PAYLOAD)) {
            publish(server, "{\"ts\": %d, \"temperature\": 6, \"humidity\": 40}".formatted(base));
        }
        try (var server = TestServers.start(directory)) {
            var letter = open(server).path("items").path(0);

            replay(server, "{\"ids\": [%s]}".formatted(letter.path("id")));

            var device = get(server, "/api/v1/devices/meter-1");
            assertThat(device.path("status").asText()).isEqualTo("offline");
            assertThat(device.path("lastSeenMillis")).isEqualTo(letter.path("arrivalMillis"));
            assertThat(device.path("latest")).hasSize(2);
        }
    }

    /// Points in each window of ten seconds from `base`.
    private List<Integer> counts(TelltaleServer server) throws Exception {
        return JSON.convertValue(windows(server).path("counts"), new TypeReference<>() {});
    }

    private List<Double> means(TelltaleServer server) throws Exception {
        return JSON.convertValue(windows(server).path("mean"), new TypeReference<>() {});
    }

    private JsonNode windows(TelltaleServer server) throws Exception {
        return get(
                server,
                "/api/v1/devices/meter-1/series?metric=temperature&points=2&from=" + base + "&to=" + (base + 20_000));
    }

    private static void publish(TelltaleServer server, String... payloads) throws MqttException {
        try (var client =
                new MqttAsyncClient("tcp://127.0.0.1:" + server.mqttPort(), "meter-1", new MemoryPersistence())) {
            client.connect().waitForCompletion();
            for (var payload : payloads) {
                client.publish("telemetry/meter-1", payload.getBytes(UTF_8), 1, false)
                        .waitForCompletion(TimeUnit.SECONDS.toMillis(60));
            }
            client.disconnect().waitForCompletion();
        }
    }

    private static StoredSince stored(TelltaleServer server) {
        return server.store().storedSince(0).toCompletableFuture().join();
    }

    private static JsonNode open(TelltaleServer server) throws Exception {
        return get(server, "/api/v1/dead-letters");
    }

    private static JsonNode replay(TelltaleServer server, String which) throws Exception {
        return answer(request(server, "/api/v1/dead-letters/replay").POST(HttpRequest.BodyPublishers.ofString(which)));
    }

    private static void post(TelltaleServer server, String path) throws Exception {
        answer(request(server, path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static JsonNode get(TelltaleServer server, String path) throws Exception {
        return answer(request(server, path));
    }

    private static HttpRequest.Builder request(TelltaleServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
                .header("Content-Type", "application/json");
    }

    private static JsonNode answer(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        }
    }
}
