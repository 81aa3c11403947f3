package io.telltale.server.cli;

import io.telltale.server.bench.peers.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        description = "Measure others and Telltale with the same fleet, one after the other: the highest rate that each"
                + " keeps up with, latency, cores, memory.")
final class PeersBenchCommand implements Callable<Integer> {
    @Mixin
    private ClimbOptions climb = new ClimbOptions();

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "node_red,jdbc,lane,listener",
            description = "Whom to measure, in this order, of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private List<Peer> peers = List.of();

    @Option(
            names = "--node-red",
            paramLabel = "DIR",
            description = "Where Node-RED is; installed there from npm when it is not (server/target/node-red).")
    private @Nullable Path nodeRed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        climb.run(peers, Optional.ofNullable(nodeRed));
        return ExitCode.OK;
    }
}
