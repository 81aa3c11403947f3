package io.telltale.server.bench.truth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.telltale.server.Refusal;
import io.telltale.server.bench.OwnServer;
import io.telltale.server.trial.Directories;
import io.telltale.server.trial.SimulatedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Two fleets of the simulator, one with faults and one without, each against a server of its own, at once and
/// faster than real time. The simulator holds the server's anomalies against what it did, and prints the table.
public final class TruthBench {
    private static final Path HOME = Path.of(System.getProperty("telltale.home", "."));
    private static final List<String> FLEETS = List.of("labelled-faults", "healthy-fleet");
    private static final ObjectMapper JSON = new ObjectMapper();

    private TruthBench() {}

    /// @param out where each fleet's report, page and labels stay; empty: nowhere
    /// @param fleetOptions of the command `simulate`, beyond the usual
    /// @param sets settings of the server
    /// @return what was found of each fleet, as JSON
    public static String run(Optional<Path> out, List<String> fleetOptions, List<String> sets)
            throws IOException, InterruptedException {
        var result = JSON.createObjectNode();
        for (var fleet : FLEETS) {
            System.out.printf("%n%s%n", fleet);
            result.set(fleet, judged(fleet, out, fleetOptions, sets));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result);
    }

    private static ObjectNode judged(String name, Optional<Path> out, List<String> fleetOptions, List<String> sets)
            throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("telltale-truth");
        var ledger = directory.resolve("ledger.json");
        try (var server = OwnServer.start(directory.resolve("data"), 0, 0, sets);
                var fleet = SimulatedFleet.start(
                        HOME, server.mqttPort(), ledger, options(name, server.httpPort(), out, fleetOptions))) {
            fleet.await();
            var report = JSON.readTree(ledger.toFile());
            if (!(report.path("detection") instanceof ObjectNode detection)) {
                throw new Refusal("the server could not be asked for its anomalies of " + name);
            }
            detection.remove(List.of("shown", "missed", "falseAlarms"));
            detection.path("kinds").forEach(kind -> ((ObjectNode) kind).remove("delays"));
            detection.put("messages", report.path("acked").asLong());
            detection.put("messagesPerSecond", report.path("messagesPerSecond").asDouble());
            return detection;
        } finally {
            Directories.delete(directory);
        }
    }

    private static List<String> options(String name, int httpPort, Optional<Path> out, List<String> more)
            throws IOException {
        var all = new ArrayList<>(List.of(
                "--scenario=" + name,
                "--api=http://127.0.0.1:" + httpPort,
                "--slack=20m", // twenty messages
                "--settle=60s",
                "--drain=60s"));
        if (out.isPresent()) {
            var directory = Files.createDirectories(out.get());
            all.add("--json=" + directory.resolve(name + ".json"));
            all.add("--report=" + directory.resolve(name + ".html"));
            if (name.equals(FLEETS.getFirst())) {
                all.add("--labels=" + directory.resolve(name + ".jsonl"));
            }
        }
        all.addAll(more);
        return all;
    }
}
