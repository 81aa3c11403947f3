package io.telltale.server.cli;

import io.telltale.server.bench.peers.Peer;
import io.telltale.server.bench.peers.PeersBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How the highest rate is looked for that somebody keeps up with.
final class ClimbOptions {
    private static final Path HOME = Path.of(System.getProperty("telltale.home", "."));

    @Option(names = "--devices", paramLabel = "N", description = "Of the fleet (${DEFAULT-VALUE}).")
    private int devices = 2000;

    @Option(
            names = "--rung",
            paramLabel = "T",
            converter = Times.class,
            defaultValue = "20s",
            description = "How long each rate lasts (${DEFAULT-VALUE}).")
    private Duration rung = Duration.ZERO;

    @Option(names = "--from", paramLabel = "MSG_PER_S", description = "The first rate to try (${DEFAULT-VALUE}).")
    private double from = 20_000;

    @Option(names = "--to", paramLabel = "MSG_PER_S", description = "The highest rate to try (${DEFAULT-VALUE}).")
    private double to = 320_000;

    @Option(
            names = "--within",
            paramLabel = "SHARE",
            description = "How near the highest rate that is kept and the lowest that is not are in the end"
                    + " (${DEFAULT-VALUE}).")
    private double within = 0.1;

    @Mixin
    private final BenchOptions result = new BenchOptions();

    void run(List<Peer> peers, Optional<Path> nodeRed) throws IOException, InterruptedException {
        var nodeRedDirectory = nodeRed.orElse(HOME.resolve("server/target/node-red"));
        var bench = new PeersBench(HOME, devices, rung, from, to, within, nodeRedDirectory);
        bench.run(peers, this::show);
    }

    private void show(PeersBench.Report report) {
        try {
            result.show(report.table(), report.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
