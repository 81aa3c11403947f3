package io.telltale.server.cli;

import io.telltale.server.bench.detection.DetectionBench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "detection",
        mixinStandardHelpOptions = true,
        description = "Score the detector on labelled recordings, beside others.")
final class DetectionBenchCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "With windows.json and data/, kpi_segments.json and kpi/; docs/detection.md says which.")
    @SuppressWarnings("NullAway.Init") // picocli refuses to go on without it
    private Path data;

    @Mixin
    private final BenchOptions result = new BenchOptions();

    @Override
    public Integer call() throws IOException {
        result.show(DetectionBench.run(data));
        return ExitCode.OK;
    }
}
