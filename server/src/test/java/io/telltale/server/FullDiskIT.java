package io.telltale.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.telltale.storage.read.StoredSince;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a file system of its own, which takes root to make.
class FullDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path disk;

    private boolean isMounted;

    @BeforeEach
    void mount() throws Exception {
        isMounted = run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk.toString()) == 0;
        assumeThat(isMounted).as("may mount a file system").isTrue();
    }

    @AfterEach
    void unmount() throws Exception {
        if (isMounted) {
            assertThat(run("umount", "--lazy", disk.toString())).isZero();
        }
    }

    @Test
    void a_full_disk_holds_back_acks_until_there_is_room_and_loses_nothing() throws Exception {
        try (var server = TestServers.start(disk.resolve("data"))) {
            var device =
                    new MqttAsyncClient("tcp://127.0.0.1:" + server.mqttPort(), "meter-1", new MemoryPersistence());
            device.connect().waitForCompletion();
            publish(device, 1).waitForCompletion(PATIENCE.toMillis());
            Path filling = fill();

            var held = publish(device, 2);

            Awaitility.await().atMost(PATIENCE).until(() -> readiness(server), status -> status == 503);
            assertThat(held.isComplete()).as("acked").isFalse();
            assertThat(server.store()
                            .storedSince(0)
                            .toCompletableFuture()
                            .join()
                            .points())
                    .as("what is stored can still be read")
                    .isEqualTo(1);

            Files.delete(filling);

            held.waitForCompletion(PATIENCE.toMillis());
            StoredSince stored =
                    server.store().storedSince(0).toCompletableFuture().join();
            assertThat(stored.points()).isEqualTo(2);
            Awaitility.await().atMost(PATIENCE).until(() -> readiness(server), status -> status == 200);
            device.disconnect().waitForCompletion();
            device.close();
        }
    }

    private static IMqttDeliveryToken publish(MqttAsyncClient device, long second) throws MqttException {
        var payload = "{\"ts\": %d, \"temperature\": 21.5}".formatted(1_700_000_000_000L + 1000 * second);
        return device.publish("telemetry/meter-1", payload.getBytes(UTF_8), 1, false);
    }

    /// To the last byte.
    private Path fill() throws IOException {
        Path filling = disk.resolve("filling");
        try (var out = Files.newOutputStream(filling)) {
            var zeros = new byte[4096];
            assertThatThrownBy(() -> {
                        while (true) {
                            out.write(zeros);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        return filling;
    }

    private static int readiness(TelltaleServer server) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + "/health/ready"))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
