package io.telltale.server.cli;

import io.telltale.server.bench.detection.DetectionBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there too.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        var result = DetectionBench.run(data);
        System.out.println(result);
        if (json != null) {
            Files.writeString(json, result + System.lineSeparator());
        }
        return ExitCode.OK;
    }
}
