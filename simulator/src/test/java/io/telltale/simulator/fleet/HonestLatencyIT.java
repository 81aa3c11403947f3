package io.telltale.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.simulator.TestServer;
import io.telltale.simulator.TestServer.Answer;
import io.telltale.simulator.scenario.ScenarioFile;
import io.telltale.simulator.scenario.Server;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HonestLatencyIT {
    private static final int STALLED = 500;

    @Test
    void a_stall_of_a_second_shows_in_full_and_the_closed_loop_hides_it() throws Exception {
        var count = new AtomicInteger();
        var never = new CountDownLatch(1);
        try (var server = new TestServer(publish -> {
            if (count.incrementAndGet() == STALLED) {
                hold(never);
            }
            return Answer.ACK;
        })) {
            // One device that waits for each ack is a closed loop, whose next message is late by our doing.
            var scenario = ScenarioFile.load("smart-meter")
                    .resized(Optional.of(1), Optional.of(500.0))
                    .lasting(Duration.ofSeconds(5))
                    .withServer(Server.at("127.0.0.1", server.port()));
            var patient = scenario.withTypes(scenario.types().stream()
                    .map(type -> type.with(type.link().with(Optional.of(1), Optional.of(1), Optional.empty())))
                    .toList());

            var run = FleetRun.of(new RunOptions(
                            patient, 1, 1, false, Duration.ofSeconds(10), Duration.ofSeconds(5), Optional.empty()))
                    .begin();
            var report = ((Ending.Finished) run.ending().get(40, TimeUnit.SECONDS)).report();

            assertThat(report.acked()).isEqualTo(2_500);
            // A fifth of the messages was due during the stall: they waited up to the second.
            assertThat(report.latencyMillis().p999()).isGreaterThan(900);
            assertThat(report.latencyMillis().p90()).isGreaterThan(300);
            // Only one message was on its way: one of 2,500 is not in the p99.9.
            assertThat(report.serviceMillis().max()).isGreaterThan(900);
            assertThat(report.serviceMillis().p999()).isLessThan(300);
            assertThat(report.timeline()).anyMatch(second -> second.max() > 900);
        }
    }

    private static void hold(CountDownLatch never) {
        try {
            never.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
