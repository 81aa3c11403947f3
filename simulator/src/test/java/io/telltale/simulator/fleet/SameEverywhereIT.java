package io.telltale.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.simulator.TestServer;
import io.telltale.simulator.TestServer.Answer;
import io.telltale.simulator.TestServer.Publish;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.scenario.Scenarios;
import io.telltale.simulator.scenario.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SameEverywhereIT {
    /// Each kind of fault, among devices of their own, a shared line, and an outage.
    private static final String SCENARIO = """
            name = "same"
            seed = 11
            start = "2026-01-05T06:00:00Z"
            duration = 3s
            devices {
              own {
                count = 12, rate = 100, arrivals = poisson
                metrics { x { signals = [ { kind = walk, step = 1 } ] } }
                faults { every = 40, kinds = [ spike, stuck, gap, late, out-of-order, clock-jump ], duplicates = 0.05, corrupt = 0.02, wrong-type = 0.02 }
              }
              shared {
                count = 12, rate = 100, sites = 2, devices-per-connection = 3
                metrics { y { signals = [ { kind = daily, amplitude = 3 } ], noise = 1 } }
                faults { every = 80, kinds = [ flapping, drift ] }
              }
            }
            events = [
              { kind = site-outage, at = 1s, for = 500ms, site = 2 }
              { kind = rollout, at = 2s, type = own, share = 0.5, payload = nested, rename { x = z } }
            ]
            """;

    private record Said(Map<String, List<String>> payloads, List<Label> labels) {}

    @Test
    void the_same_scenario_gives_the_same_bytes_and_labels_on_any_number_of_threads() throws Exception {
        var one = run(1);
        var again = run(1);
        var three = run(3);

        assertThat(one.labels()).hasSizeGreaterThan(100);
        assertThat(one.payloads()).hasSize(24);
        assertThat(one.payloads().values()).allMatch(said -> said.size() > 100);
        assertThat(again).isEqualTo(one);
        assertThat(three).isEqualTo(one);
    }

    /// The distinct payloads of each device: a line that breaks sends some of them again.
    private static Said run(int threads) throws Exception {
        try (var server = new TestServer(publish -> Answer.ACK)) {
            var scenario = Scenarios.parse(SCENARIO).withServer(Server.at("127.0.0.1", server.port()));
            var run = FleetRun.of(new RunOptions(
                            scenario,
                            1,
                            threads,
                            true,
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(5),
                            Optional.empty()))
                    .begin();
            var finished = (Ending.Finished) run.ending().get(40, TimeUnit.SECONDS);
            assertThat(finished.report().unsent()).isZero();
            assertThat(finished.report().unacked()).isZero();
            var payloads = server.telemetry().stream()
                    .collect(Collectors.groupingBy(
                            Publish::topic, Collectors.mapping(Publish::payload, Collectors.toList())));
            payloads.replaceAll(
                    (topic, said) -> said.stream().distinct().sorted().toList());
            return new Said(payloads, run.labels().inOrder());
        }
    }
}
