package io.telltale.server.cli;

import io.telltale.server.bench.Benchmark;
import io.telltale.server.bench.Benchmarks;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            DetectionBenchCommand.class,
            TruthBenchCommand.class,
            PeersBenchCommand.class,
            BareBenchCommand.class
        },
        description = "Measure the whole on this machine; docs/benchmarks.md says what and how.")
final class BenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it calls
    private CommandSpec spec;

    // Not required here, or picocli would ask for it beside a subcommand, too.
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "One of: ${COMPLETION-CANDIDATES}.")
    private @Nullable Benchmark benchmark;

    @Option(names = "--duration", paramLabel = "T", converter = Times.class, description = "Instead of its own.")
    private @Nullable Duration duration;

    @Option(names = "--rate", paramLabel = "MSG_PER_S", description = "Instead of its own.")
    private @Nullable Double rate;

    @Option(names = "--devices", paramLabel = "N", description = "Instead of its own.")
    private @Nullable Integer devices;

    @Mixin
    private final BenchOptions result = new BenchOptions();

    @Mixin
    private final SetOption sets = new SetOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (benchmark == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'NAME'");
        }
        result.show(Benchmarks.run(
                benchmark,
                Optional.ofNullable(rate),
                Optional.ofNullable(devices),
                Optional.ofNullable(duration),
                sets.pairs()));
        return ExitCode.OK;
    }
}
