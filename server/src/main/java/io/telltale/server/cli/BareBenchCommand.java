package io.telltale.server.cli;

import io.telltale.server.bench.peers.Peer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
        name = "bare",
        mixinStandardHelpOptions = true,
        description = "Measure what the doors alone reach, acking at once with nothing behind them, and Telltale as a"
                + " share of that.")
final class BareBenchCommand implements Callable<Integer> {
    @Mixin
    private ClimbOptions climb = new ClimbOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var doors = List.of(Peer.BARE_LISTENER, Peer.LISTENER, Peer.BARE_LANE, Peer.LANE);
        climb.run(doors, Optional.empty());
        return ExitCode.OK;
    }
}
