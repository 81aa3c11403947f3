package io.telltale.server.cli;

import io.telltale.server.bench.truth.TruthBench;
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
        name = "truth",
        mixinStandardHelpOptions = true,
        description = "Score detection through the whole system on simulated fleets: one with labelled faults, one with"
                + " none, ten days each in some minutes.")
final class TruthBenchCommand implements Callable<Integer> {
    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "Seconds of the fleets' time in one of ours (7200 and 4800); less on a slow machine.")
    private @Nullable Double speed;

    @Mixin
    private final BenchOptions result = new BenchOptions();

    @Option(names = "--out", paramLabel = "DIR", description = "Keep the simulator's reports, pages and labels there.")
    private @Nullable Path out;

    @Mixin
    private final SetOption sets = new SetOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var options = speed == null ? List.<String>of() : List.of("--speed=" + speed);
        result.show(TruthBench.run(Optional.ofNullable(out), options, sets.pairs()));
        return ExitCode.OK;
    }
}
