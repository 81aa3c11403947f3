package io.telltale.server.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What a simulated fleet says it did; `docs/simulator.md` defines the words.
///
/// @param acked PUBACKs, those of duplicates and malformed messages included
/// @param duplicates deliberate repetitions that were acked
/// @param malformed deliberately broken messages that were acked
/// @param points values in the acked, well-formed messages
/// @param ackMillis publish to PUBACK, from the intended time of sending; by quantile name; after the warm-up if
/// there was one
/// @param coldAckMillis the same of the warm-up
/// @param ackedByDevice distinct well-formed messages acked
public record FleetLedger(
        long startMillis,
        long sent,
        long resent,
        long acked,
        long unacked,
        long duplicates,
        long malformed,
        long reconnects,
        long points,
        double messagesPerSecond,
        Map<String, Double> ackMillis,
        Map<String, Double> coldAckMillis,
        Map<String, Long> ackedByDevice) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public FleetLedger {
        ackMillis = Map.copyOf(ackMillis);
        coldAckMillis = Map.copyOf(coldAckMillis);
        ackedByDevice = Map.copyOf(ackedByDevice);
    }

    /// Both together; the quantiles stay those of this one.
    public FleetLedger and(FleetLedger other) {
        var devices = new HashMap<>(ackedByDevice);
        other.ackedByDevice.forEach((device, messages) -> devices.merge(device, messages, Long::sum));
        return new FleetLedger(
                Math.min(startMillis, other.startMillis),
                sent + other.sent,
                resent + other.resent,
                acked + other.acked,
                unacked + other.unacked,
                duplicates + other.duplicates,
                malformed + other.malformed,
                reconnects + other.reconnects,
                points + other.points,
                messagesPerSecond,
                ackMillis,
                coldAckMillis,
                devices);
    }

    static FleetLedger read(Path file) {
        try {
            return from(JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FleetLedger from(JsonNode json) {
        var stages = json.path("stages");
        Map<String, Long> devices = new HashMap<>();
        json.path("devices")
                .forEach(device -> devices.put(
                        device.path("id").asText(), device.path("acked").asLong()));
        return new FleetLedger(
                json.path("startMillis").asLong(),
                json.path("sent").asLong(),
                json.path("resent").asLong(),
                json.path("acked").asLong(),
                json.path("unacked").asLong(),
                json.path("duplicates").asLong(),
                json.path("malformed").asLong(),
                json.path("reconnects").asLong(),
                json.path("points").asLong(),
                json.path("messagesPerSecond").asDouble(),
                quantiles(stages.isEmpty() ? json : stages.path(stages.size() - 1)),
                quantiles(stages.path(0)),
                devices);
    }

    private static Map<String, Double> quantiles(JsonNode of) {
        Map<String, Double> quantiles = new HashMap<>();
        of.path("latencyMillis")
                .properties()
                .forEach(entry -> quantiles.put(entry.getKey(), entry.getValue().asDouble()));
        return quantiles;
    }
}
