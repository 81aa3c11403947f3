package io.telltale.server.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.server.trial.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Runs benchmarks. One at a time: they measure the whole machine.
public final class Benchmarks {
    private Benchmarks() {}

    /// @param rate messages a second; the benchmark's own when empty, as for the others
    /// @return the result as JSON
    public static String run(
            Benchmark benchmark,
            Optional<Double> rate,
            Optional<Integer> devices,
            Optional<Duration> duration,
            List<String> sets)
            throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("telltale-bench");
        try {
            return json(new BenchRun(
                            benchmark,
                            new Load(
                                    rate.orElse((double) benchmark.messagesPerSecond),
                                    devices.orElse(benchmark.devices),
                                    duration.orElse(benchmark.duration)),
                            directory,
                            sets)
                    .run());
        } finally {
            Directories.delete(directory);
        }
    }

    private static String json(BenchResult result) throws JsonProcessingException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result);
    }
}
