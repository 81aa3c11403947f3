package io.telltale.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.simulator.check.Checks;
import io.telltale.simulator.check.ServerApi;
import io.telltale.simulator.fleet.FleetRun.Phase;
import io.telltale.simulator.fleet.FleetRun.Progress;
import io.telltale.simulator.report.Glance;
import io.telltale.simulator.report.Quantiles;
import io.telltale.simulator.scenario.ScenarioFile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private static final Checks.Sight NOTHING_SEEN =
            new Checks.Sight(Optional.empty(), Optional.empty(), Optional.empty());
    private static final Quantiles MILLIS = new Quantiles(1, 2, 3, 4, 5, 6, 1.5, 100);
    private static final int TERMINAL_COLUMNS = 90;

    private final LiveView view = new LiveView(ScenarioFile.load("ramp").lasting(Duration.ofSeconds(100)), 20);

    @Test
    void while_it_connects_there_is_nothing_but_connections() {
        assertThat(view.lines(at(Phase.CONNECTING, Duration.ZERO), NOTHING_SEEN, Map.of()))
                .hasSize(2)
                .last()
                .asString()
                .contains("[#######-----------------------] 5 of 20");
    }

    @Test
    void everything_an_engineer_wants_is_there_at_a_glance() {
        var seen = new Checks.Sight(
                Optional.of(new ServerApi.Overview(1_190, 250)), Optional.of(MILLIS), Optional.of(MILLIS));

        var lines = view.lines(at(Phase.SENDING, Duration.ofSeconds(50)), seen, Map.of("LEVEL_SHIFT", 3L));

        assertThat(lines).allMatch(line -> line.length() <= TERMINAL_COLUMNS);
        assertThat(String.join("\n", lines))
                .contains("[###############---------------] 0m 50s of 1m 40s")
                .containsPattern("stage +\\[#*-*] \\w+, \\d of \\d")
                .containsPattern("sent +1,200 /s +60,000")
                .containsPattern("acked +1,199 /s +59,900")
                .containsPattern("stored +1,190 /s +250 rows wait")
                .containsPattern("in flight +90 +7 wait to be sent, 3 refused")
                .containsPattern("ack, now +p50 +1.0   p99 +3.0")
                .containsPattern("page +p50")
                .containsPattern("store +p50")
                .containsPattern("faults +3 level shift")
                .containsPattern("own heap +12 MiB")
                .contains("2 reconnects, 1 failures");
    }

    @Test
    void where_lines_cannot_be_drawn_over_one_says_it() {
        assertThat(view.line(at(Phase.SENDING, Duration.ofHours(30))))
                .startsWith(" 1d 06h  sent 1,200/s  acked 1,199/s  in flight 90  waiting 7  p50 1.0  p99 3.0 ms");
    }

    private static Progress at(Phase phase, Duration elapsed) {
        return new Progress(
                phase, 5, elapsed, new Glance(5, 1, 2, 60_000, 59_900, 3, 90, 7, 1_200, 1_199, MILLIS, MILLIS, 12));
    }
}
