package io.telltale.server.trial;

import io.telltale.server.Refusal;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The simulator in a process of its own, so that it shares nothing with the server it loads. It ends when this process
/// does: its standard input is its leash.
public final class SimulatedFleet implements AutoCloseable {
    /// A million devices take half of it.
    private static final String HEAP = "-Xmx4g";

    private final Process process;
    private final Path ledger;

    /// @param home where the launcher lives
    /// @param ledger file that the fleet writes its account to
    /// @param options of the command `simulate`, beyond those
    public static SimulatedFleet start(Path home, int mqttPort, Path ledger, List<String> options) {
        var simulator = home.resolve("simulator/target");
        if (!Files.isDirectory(simulator.resolve("lib"))) {
            throw new Refusal("the simulator is not built under " + simulator.toAbsolutePath()
                    + ": start this by ./telltale, which builds it");
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=4",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                simulator.resolve("classes") + File.pathSeparator + simulator.resolve("lib") + "/*",
                "io.telltale.simulator.Simulate",
                "simulate",
                "--host=127.0.0.1",
                "--port=" + mqttPort,
                "--ledger=" + ledger,
                "--leash"));
        command.addAll(options);
        try {
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new SimulatedFleet(process, ledger);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SimulatedFleet(Process process, Path ledger) {
        this.process = process;
        this.ledger = ledger;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /// Blocks until the fleet has sent what it meant to and heard the last ack, or has given up on it.
    ///
    /// @throws Refusal when it left no account
    public FleetLedger await() throws InterruptedException {
        int exit = process.waitFor();
        if (!Files.exists(ledger)) {
            throw new Refusal("the simulated fleet ended with exit code " + exit + " and left no ledger");
        }
        return FleetLedger.read(ledger);
    }

    /// Asks it to stop sending; it still waits for its acks.
    public void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // It has ended already.
        }
    }

    @Override
    public void close() {
        stop();
    }
}
