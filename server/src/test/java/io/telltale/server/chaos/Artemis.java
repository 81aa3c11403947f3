package io.telltale.server.chaos;

import io.telltale.server.trial.Broker;
import io.telltale.server.trial.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.awaitility.Awaitility;

/// A broker that has a message in its journal before it acks it, in a JVM of its own, so that it can be killed with -9.
final class Artemis implements Broker {
    private static final Duration STARTING = Duration.ofSeconds(40);

    private final Path directory;
    private final int port = Ports.free();
    private Process process;

    /// @param directory for its journal and its log; exists
    Artemis(Path directory) throws IOException {
        this.directory = directory;
        process = launch();
    }

    @Override
    public String name() {
        return "Artemis";
    }

    @Override
    public int port() {
        return port;
    }

    /// kill -9.
    @Override
    public void restart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() throws IOException {
        var started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        // Its journal frees buffers in a way that our Netty only bears with Unsafe.
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dio.netty.noUnsafe=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Artemis.class.getName(),
                        Integer.toString(port),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("artemis.log").toFile()))
                .start();
        Awaitility.await()
                .atMost(STARTING)
                .pollInterval(Duration.ofMillis(50))
                .failFast("Artemis ended: see " + directory, () -> !started.isAlive())
                .until(this::answers);
        return started;
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /// The broker's own process. Standard input is its leash.
    public static void main(String[] arguments) throws Exception {
        var configuration = new ConfigurationImpl();
        configuration.setSecurityEnabled(false);
        configuration.setPersistenceEnabled(true);
        configuration.setJournalType(JournalType.NIO);
        configuration.setBrokerInstance(Path.of(arguments[1]).toFile());
        configuration.setMaxDiskUsage(100);
        configuration.addAcceptorConfiguration(
                "mqtt", "tcp://127.0.0.1:" + arguments[0] + "?protocols=MQTT&useEpoll=false");
        configuration.setAddressSettings(Map.of("#", new AddressSettings().setMaxSizeBytes(-1)));
        var broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }
}
