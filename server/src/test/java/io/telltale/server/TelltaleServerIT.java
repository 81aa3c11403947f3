package io.telltale.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.storage.read.StoredSince;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole: a publish at one end, rows and JSON at the other.
class TelltaleServerIT {
    private static final int MAX_IN_FLIGHT = 500;
    private final long base = Instant.now().toEpochMilli() / 60_000 * 60_000 - 120_000;

    @TempDir
    Path directory;

    @Test
    void what_is_acked_is_stored_rolled_up_and_listed_and_a_restart_goes_on_from_there() throws Exception {
        try (var server = TestServers.start(directory)) {
            var device = connect(server, "meter-1");
            for (int second = 0; second < 15; second++) {
                publish(device, second, second);
            }
            var stored = stored(server);
            assertThat(stored.points()).as("acked means stored").isEqualTo(15);
            assertThat(stored.rollups()).isEqualTo(1);

            var row = get(server, "/api/v1/devices/meter-1");
            assertThat(row.path("status").asText()).isEqualTo("online");
            assertThat(row.path("latest").path(0).path("value").asDouble()).isEqualTo(14);
            assertThat(row.path("lastEventTimeMillis").asLong()).isEqualTo(base + 14_000);
            device.disconnect().waitForCompletion();
        }

        try (var server = TestServers.start(directory)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(get(server, "/api/v1/overview")
                                    .at("/devices/loading")
                                    .asBoolean())
                            .isFalse());
            assertThat(get(server, "/api/v1/devices").path("total").asInt()).isEqualTo(1);
            var device = connect(server, "meter-1");
            publish(device, 3, 3);
            publish(device, 16, 16);
            publish(device, 20, 20);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(counts(server)).containsExactly(10, 6, 1));
            assertThat(stored(server).points()).as("a duplicate is one point").isEqualTo(17);
            assertThat(get(server, "/api/v1/devices/meter-1").path("duplicates").asInt())
                    .isEqualTo(1);
            device.disconnect().waitForCompletion();
        }
    }

    @Test
    void a_hundred_thousand_bad_payloads_become_dead_letters_and_the_next_good_one_is_stored() throws Exception {
        try (var server = TestServers.start(directory)) {
            var device = connect(server, "meter-1");
            String[] bad = {
                "",
                "{\"temperature\": ",
                "{\"temperature\": [[[[[[[[1]]]]]]]]}",
                "[".repeat(5_000),
                "{\"temperature\": 1e999}",
                "{\"ts\": \"yesterday\", \"temperature\": 1}",
                "{\"ts\": 99999999999999, \"temperature\": 1}",
                "{\"temperature\": \"" + "x".repeat(70_000) + "\"}",
                "\0\1\2\u00ff",
                "{\"temperature\": NaN}",
            };
            var inFlight = new Semaphore(MAX_IN_FLIGHT);
            for (int i = 0; i < 100_000; i++) {
                inFlight.acquire();
                device.publish("telemetry/meter-1", bad[i % bad.length].getBytes(UTF_8), 1, false)
                        .setActionCallback(releasing(inFlight));
            }
            assertThat(inFlight.tryAcquire(MAX_IN_FLIGHT, 60, TimeUnit.SECONDS)).isTrue();
            publish(device, 1, 21.5);

            var stored = stored(server);
            assertThat(stored.deadLetters()).isEqualTo(100_000);
            assertThat(stored.points()).isEqualTo(1);
            var letters = get(server, "/api/v1/dead-letters?limit=10");
            assertThat(letters.path("items")).allSatisfy(letter -> {
                assertThat(letter.path("reason").asText()).isNotBlank();
                assertThat(letter.path("detail").asText()).isNotBlank();
            });
            device.disconnect().waitForCompletion();
        }
    }

    @Test
    void a_last_will_takes_the_device_offline_at_once() throws Exception {
        try (var server = TestServers.start(directory)) {
            var options = new MqttConnectOptions();
            options.setWill("status/meter-1", "offline".getBytes(UTF_8), 1, true);
            var device =
                    new MqttAsyncClient("tcp://127.0.0.1:" + server.mqttPort(), "meter-1", new MemoryPersistence());
            device.connect(options).waitForCompletion();
            publish(device, 1, 1);
            assertThat(get(server, "/api/v1/devices/meter-1").path("status").asText())
                    .isEqualTo("online");

            device.disconnectForcibly(0, 1, false);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(get(server, "/api/v1/devices/meter-1")
                                    .path("status")
                                    .asText())
                            .isEqualTo("offline"));
            device.close();
        }
    }

    @Test
    void health_and_metrics_answer() throws Exception {
        try (var server = TestServers.start(directory)) {
            assertThat(get(server, "/health/live").path("status").asText()).isEqualTo("up");
            assertThat(get(server, "/health/ready").path("status").asText()).isEqualTo("up");
            var metrics = text(server, "/metrics");
            assertThat(metrics)
                    .contains("telltale_devices_active")
                    .contains("telltale_gateway_")
                    .contains("telltale_storage_")
                    .contains("telltale_dashboard_")
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void what_will_not_start_says_which_setting_is_to_blame() {
        try (var running = TestServers.start(directory.resolve("a"))) {
            assertThatThrownBy(() -> TestServers.start(directory.resolve("a"))).hasMessageContaining("already in use");
            assertThatThrownBy(() -> TestServers.start(
                            directory.resolve("b"), "telltale.gateway.mqtt.port=" + running.mqttPort()))
                    .hasMessageContaining("telltale.gateway.mqtt.port");
            assertThatThrownBy(() -> TestServers.start(
                            directory.resolve("c"), "telltale.dashboard.http.port=" + running.httpPort()))
                    .hasMessageContaining("telltale.dashboard.http.port");
            assertThatThrownBy(() -> TestServers.start(
                            directory.resolve("d"), "telltale.storage.clickhouse.url=http://127.0.0.1:1"))
                    .hasMessageContaining("telltale.storage.clickhouse.url");
            assertThatThrownBy(() -> TestServers.start(directory.resolve("e"), "telltale.gateway.mqtt.port=70000"))
                    .hasMessageContaining("telltale.gateway.mqtt.port")
                    .hasMessageContaining("70000");
        }
    }

    /// Points in each window of ten seconds, one of which spans the restart.
    private List<Integer> counts(TelltaleServer server) throws IOException, InterruptedException {
        var series = get(
                server,
                "/api/v1/devices/meter-1/series?metric=temperature&points=3&from=" + base + "&to=" + (base + 30_000));
        return new ObjectMapper().convertValue(series.path("counts"), new TypeReference<>() {});
    }

    private static MqttAsyncClient connect(TelltaleServer server, String id) throws MqttException {
        var client = new MqttAsyncClient("tcp://127.0.0.1:" + server.mqttPort(), id, new MemoryPersistence());
        var options = new MqttConnectOptions();
        options.setMaxInflight(2 * MAX_IN_FLIGHT);
        client.connect(options).waitForCompletion();
        return client;
    }

    private void publish(MqttAsyncClient client, long second, double value) throws MqttException {
        var payload = "{\"ts\": %d, \"temperature\": %s}".formatted(base + second * 1000, value);
        client.publish("telemetry/" + client.getClientId(), payload.getBytes(UTF_8), 1, false)
                .waitForCompletion(TimeUnit.SECONDS.toMillis(60));
    }

    private static IMqttActionListener releasing(Semaphore permits) {
        return new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                permits.release();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                // Not released: the test runs into its deadline.
            }
        };
    }

    private static StoredSince stored(TelltaleServer server) {
        return server.store().storedSince(0).toCompletableFuture().join();
    }

    private static JsonNode get(TelltaleServer server, String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(text(server, path));
    }

    private static String text(TelltaleServer server, String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }
}
