package io.telltale.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Late points and the audit, from the device's end and from the command line.
class AuditIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final String[] QUICK = {
        "telltale.devices.resend-after=1s", "telltale.storage.repair.every=200ms", "telltale.storage.audit.every=200ms"
    };

    private final long hour = Instant.now().toEpochMilli() / HOUR * HOUR;

    @TempDir
    Path directory;

    private record Ended(int code, String output) {}

    @Test
    void points_that_come_hours_late_end_up_in_exact_rollups() throws Exception {
        try (var server = TestServers.start(directory, QUICK)) {
            var device = connect(server);
            publish(device, hour, 1);
            for (int second = 0; second < 12; second++) {
                publish(device, hour - 3 * HOUR + second * 1000L, second);
                publish(device, hour - 3 * HOUR + second * 1000L, second); // sent again: changes nothing
            }
            publish(device, hour - 3 * HOUR + 11_000, -1); // a correction

            var late =
                    "SELECT width_millis / 1000, count, sum, min, max FROM telltale.rollups FINAL WHERE window_start < "
                            + "fromUnixTimestamp64Milli(toInt64(" + (hour - 2 * HOUR)
                            + ")) ORDER BY 1, window_start FORMAT CSV";
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(query(server, late))
                            .containsExactly("10,10,45,0,9", "10,2,9,-1,10", "60,12,54,-1,10", "3600,12,54,-1,10"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(text(server, "/metrics"))
                            .containsPattern("(?m)^telltale_storage_repair_pending 0.0$")
                            .containsPattern("(?m)^telltale_storage_repair_windows_total [1-9]"));

            var row = json(server, "/api/v1/devices/meter-1");
            assertThat(row.path("late").asInt()).isEqualTo(25);
            device.disconnect();
            device.close();
        }
        var ended = audit("--data-dir", directory.toString());
        assertThat(ended.output()).containsPattern("audited: [4-9] windows, 0 differences");
        assertThat(ended.code()).isZero();
    }

    @Test
    void a_wrong_rollup_shows_on_the_page_and_is_put_right_beside_the_running_server() throws Exception {
        try (var server = TestServers.start(directory, QUICK)) {
            long base = Instant.now().toEpochMilli() / 10_000 * 10_000 - 60_000;
            var device = connect(server);
            for (int second = 0; second <= 30; second++) {
                publish(device, base + second * 1000L, second);
            }
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                var audit = json(server, "/api/v1/overview").path("audit");
                assertThat(audit.path("windows").asInt()).isGreaterThanOrEqualTo(3);
                assertThat(audit.path("differences").asInt()).isZero();
            });

            query(
                    server,
                    "INSERT INTO telltale.rollups SELECT * REPLACE(version + 1 AS version, count + 1 AS count) FROM"
                            + " telltale.rollups FINAL WHERE width_millis = 10000 ORDER BY window_start LIMIT 1");

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(json(server, "/api/v1/overview")
                                    .path("audit")
                                    .path("differences")
                                    .asInt())
                            .isEqualTo(1));
            var found = audit("--data-dir", directory.toString(), "--set", "telltale.devices.resend-after=1s");
            assertThat(found.output())
                    .contains(
                            "meter-1",
                            "temperature",
                            "10s",
                            Instant.ofEpochMilli(base).toString(),
                            "count")
                    .contains(" windows, 1 differences");
            assertThat(found.code()).isEqualTo(1);
            assertThat(audit("--data-dir", directory.toString(), "--device", "meter-2")
                            .code())
                    .isZero();
            assertThat(audit("--data-dir", directory.toString(), "--to", Long.toString(base))
                            .code())
                    .isZero();

            var repaired =
                    audit("--data-dir", directory.toString(), "--set=telltale.devices.resend-after=1s", "--repair");
            assertThat(repaired.output()).contains("repaired: 1 windows", "left: 0 differences");
            assertThat(repaired.code()).isZero();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(text(server, "/metrics"))
                            .containsPattern("(?m)^telltale_storage_audit_differences 0.0$"));
            device.disconnect();
            device.close();
        }
    }

    @Test
    void what_cannot_be_audited_is_named() throws Exception {
        var nothing = audit("--data-dir", directory.resolve("none").toString());
        assertThat(nothing.output()).contains("nothing is stored in", "--data-dir");
        assertThat(nothing.code()).isEqualTo(2);

        var wrongTime = audit("--from", "yesterday");
        assertThat(wrongTime.output()).contains("yesterday", "2026-01-31T12:00:00Z");
        assertThat(wrongTime.code()).isEqualTo(2);
    }

    private static MqttClient connect(TelltaleServer server) throws MqttException {
        var client = new MqttClient("tcp://127.0.0.1:" + server.mqttPort(), "meter-1", new MemoryPersistence());
        client.connect();
        return client;
    }

    /// Returns when it is acked.
    private static void publish(MqttClient client, long eventTimeMillis, double value) throws MqttException {
        var payload = "{\"ts\": %d, \"temperature\": %s}".formatted(eventTimeMillis, value);
        client.publish("telemetry/meter-1", payload.getBytes(UTF_8), 1, false);
    }

    /// Lines of the answer.
    private static List<String> query(TelltaleServer server, String sql) throws IOException, InterruptedException {
        var address = server.store().address();
        var uri = URI.create(address.url() + "/?user=" + address.user() + "&password="
                + URLEncoder.encode(address.password(), UTF_8));
        return send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(sql)))
                .lines()
                .toList();
    }

    private static JsonNode json(TelltaleServer server, String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(text(server, path));
    }

    private static String text(TelltaleServer server, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path)));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }

    /// By the checkout's own launcher; what it would build is being tested right now.
    private static Ended audit(String... arguments) throws IOException, InterruptedException {
        var command = new ProcessBuilder(TestServers.HOME.resolve("telltale").toString(), "audit");
        command.command().addAll(List.of(arguments));
        command.environment().put("TELLTALE_SKIP_BUILD", "1");
        var process = command.redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
