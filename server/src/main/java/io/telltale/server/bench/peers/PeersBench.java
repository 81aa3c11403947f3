package io.telltale.server.bench.peers;

import io.telltale.server.bench.ladder.Climb;
import io.telltale.server.bench.ladder.Ladder;
import io.telltale.server.bench.ladder.Rung;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.server.trial.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Finds out, one after the other, the highest rate that each keeps up with.
///
/// @param home where Telltale lives
/// @param devices of the fleet
/// @param rung how long each rate lasts
/// @param from the first rate to try, messages a second
/// @param to the highest
/// @param within how near the highest that is kept and the lowest that is not are in the end: 0.1 is a tenth
/// @param nodeRed where Node-RED is, or is to be installed
public record PeersBench(Path home, int devices, Duration rung, double from, double to, double within, Path nodeRed) {
    public PeersBench {
        home = home.toAbsolutePath().normalize();
        nodeRed = nodeRed.toAbsolutePath();
    }

    private static final Map<String, List<Peer>> RATIOS = Map.of(
            "listener / bare listener", List.of(Peer.LISTENER, Peer.BARE_LISTENER),
            "one lane / bare lane", List.of(Peer.LANE, Peer.BARE_LANE));

    /// @param json the result, for a program
    /// @param table the gist, for a person
    public record Report(String json, String table) {}

    /// @param soFar called after each, so that what was measured is there when the rest goes wrong
    public void run(List<Peer> peers, Consumer<Report> soFar) throws IOException, InterruptedException {
        var results = new ArrayList<Comparison.Result>();
        var kept = new EnumMap<Peer, Double>(Peer.class);
        for (var peer : peers) {
            System.err.println(peer.title);
            var result = Comparison.Result.of(peer.title, climb(peer));
            results.add(result);
            kept.put(peer, result.messagesPerSecond());
            var comparison = Comparison.of(devices, rung, results, ratios(kept));
            soFar.accept(new Report(json(comparison), comparison.table()));
        }
    }

    private List<Rung> climb(Peer peer) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("telltale-peers");
        try (var contender = peer.start(home, nodeRed, directory)) {
            return new Climb(contender, devices, rung, home, directory).run(new Ladder(from, to, within));
        } finally {
            Directories.delete(directory);
        }
    }

    private static Map<String, Double> ratios(Map<Peer, Double> kept) {
        var ratios = new TreeMap<String, Double>();
        RATIOS.forEach((name, pair) -> {
            double whole = kept.getOrDefault(pair.getFirst(), 0.0);
            double bare = kept.getOrDefault(pair.getLast(), 0.0);
            if (whole > 0 && bare > 0) {
                ratios.put(name, whole / bare);
            }
        });
        return ratios;
    }

    private static String json(Comparison comparison) throws JsonProcessingException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(comparison);
    }
}
