package io.telltale.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchmarksIT {
    @Test
    void latencies_of_the_warm_up_are_told_apart_and_nothing_is_lost() throws IOException, InterruptedException {
        var result = new ObjectMapper()
                .readTree(Benchmarks.run(
                        Benchmark.LATENCY,
                        Optional.of(200.0),
                        Optional.of(20),
                        Optional.of(Duration.ofSeconds(8)),
                        List.of()));

        assertThat(result.path("lost").asLong()).isZero();
        assertThat(result.path("stored").asLong()).isEqualTo(1600);
        assertThat(result.path("coldAckMillis").path("count").asLong()).isEqualTo(400);
        assertThat(result.path("ackMillis").path("count").asLong()).isEqualTo(1200);
        assertThat(result.path("browserMillis").path("count").asLong()).isPositive();
    }
}
