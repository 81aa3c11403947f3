package io.telltale.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.telltale.simulator.report.ReportFile;
import io.telltale.simulator.report.RunReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a broker that knows nothing of us.
@Timeout(60)
class MosquittoIT {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/mosquitto"),
            Path.of("/usr/local/sbin/mosquitto"),
            Path.of("/usr/bin/mosquitto"),
            Path.of("/opt/homebrew/sbin/mosquitto"));

    @TempDir
    Path directory;

    private Optional<Process> broker = Optional.empty();
    private int port;

    @BeforeEach
    void start() throws IOException {
        var program = PLACES.stream().filter(Files::isExecutable).findFirst();
        assumeThat(program).as("Mosquitto is installed").isPresent();
        port = freePort();
        // Started by root it would become a user who may not read a private directory.
        var configuration = Files.writeString(directory.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                user root
                """.formatted(port));
        broker = Optional.of(new ProcessBuilder(program.orElseThrow().toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("mosquitto.log").toFile())
                .start());
        await().until(this::answers);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (broker.isPresent()) {
            broker.get().destroy();
            assertThat(broker.get().waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3.1.1\"", "5"})
    void both_versions_of_mqtt_are_understood_and_a_subscriber_hears_every_message(String protocol) throws IOException {
        var report = run("""
                name = "any"
                duration = 2s
                devices { sensor {
                  count = 10, rate = 20, protocol = %s, topic = "plant/{site}/{device}", payload = csv
                  metrics { x { signals = [ { kind = walk, step = 1 } ] } }
                } }
                """.formatted(protocol), "--subscribe");

        assertThat(report.acked() + report.unsent()).isEqualTo(400);
        var heard = report.observed().orElseThrow().subscriberMillis().orElseThrow();
        assertThat(heard.count()).isEqualTo(report.acked());
        assertThat(heard.p50()).isBetween(0.0, 1_000.0);
    }

    @Test
    void a_storm_breaks_every_connection_and_loses_nothing() throws IOException {
        var report = run("""
                name = "storm"
                duration = 2s
                devices { sensor {
                  count = 20, rate = 20, devices-per-connection = 4
                  metrics { x { value = 1 } }
                  faults { every = 20, kinds = [ flapping, late, out-of-order ] }
                } }
                events = [ { kind = reconnect-storm, at = 1s } ]
                """);

        assertThat(report.reconnects()).isGreaterThan(5);
        // A line that is down at the very end leaves something unsent.
        assertThat(report.acked() + report.unsent()).isEqualTo(800);
        assertThat(report.unsent()).isLessThan(20);
    }

    private RunReport run(String scenario, String... more) throws IOException {
        var file = Files.writeString(directory.resolve("scenario.conf"), scenario);
        var json = directory.resolve("report.json");
        var arguments = new ArrayList<>(
                List.of("--quiet", "--scenario=" + file, "--port=" + port, "--json=" + json, "--max-lost=0"));
        arguments.addAll(List.of(more));
        assertThat(Simulate.commandLine().execute(arguments.toArray(String[]::new)))
                .isZero();
        return ReportFile.read(json);
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
