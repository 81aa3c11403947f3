package io.telltale.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class MergerTest {
    @Test
    void counts_add_up_and_latencies_are_those_of_all_messages() {
        var quick = report("load", 0, 99, 10);
        var slow = report("load", 1_000, 1, 500);

        var merged = Merger.merge(List.of(quick, slow));

        assertThat(merged.sources()).isEqualTo(2);
        assertThat(merged.acked()).isEqualTo(100);
        assertThat(merged.latencyMillis().count()).isEqualTo(100);
        assertThat(merged.latencyMillis().p99()).isBetween(9.9, 10.1);
        assertThat(merged.latencyMillis().max()).isBetween(499.0, 501.0);
        assertThat(merged.stages())
                .extracting(stage -> stage.latencyMillis().count())
                .containsExactly(100L, 0L);
        assertThat(merged.timeline()).extracting(RunReport.TimeRow::acked).containsExactly(99L, 1L);
    }

    @Test
    void what_each_process_found_of_its_own_devices_adds_up() {
        var merged = Merger.merge(List.of(
                        report("load", 0, 1, 10).with(Map.of(), Optional.empty(), Optional.of(found(3, 1, 2))),
                        report("load", 0, 1, 10).with(Map.of(), Optional.empty(), Optional.of(found(1, 3, 1)))))
                .detection()
                .orElseThrow();

        assertThat(merged.faults()).isEqualTo(8);
        assertThat(merged.found()).isEqualTo(4);
        assertThat(merged.falseReports()).isEqualTo(3);
        assertThat(merged.precision()).isEqualTo(4.0 / 7);
        assertThat(merged.recall()).isEqualTo(0.5);
        assertThat(merged.deviceDays()).isEqualTo(4);
        assertThat(merged.kinds()).singleElement().satisfies(kind -> {
            // Each process found its faults after as many seconds as it found faults.
            assertThat(kind.delaySeconds()).isEqualTo(3, within(0.01));
            assertThat(kind.precision()).isEqualTo(4.0 / 7);
        });
    }

    @Test
    void what_was_seen_by_each_process_is_taken_together() {
        var quick = new Histogram(3_600_000_000L, 3);
        quick.recordValueWithCount(1_000, 90);
        var slow = new Histogram(3_600_000_000L, 3);
        slow.recordValueWithCount(50_000, 10);

        var page = Merger.merge(List.of(
                        report("load", 0, 1, 1)
                                .with(Map.of(Observations.PAGE, quick), Optional.empty(), Optional.empty()),
                        report("load", 0, 1, 1)
                                .with(Map.of(Observations.PAGE, slow), Optional.empty(), Optional.empty())))
                .observed()
                .orElseThrow()
                .pageMillis()
                .orElseThrow();

        assertThat(page.count()).isEqualTo(100);
        assertThat(page.p50()).isEqualTo(1, within(0.01));
        assertThat(page.p99()).isEqualTo(50, within(0.1));
    }

    @Test
    void detection_that_one_process_knows_nothing_of_is_left_out() {
        var merged = Merger.merge(List.of(
                report("load", 0, 1, 10).with(Map.of(), Optional.empty(), Optional.of(found(1, 1, 1))),
                report("load", 0, 1, 10)));

        assertThat(merged.detection()).isEmpty();
    }

    private static Detection found(int found, int missed, int falseReports) {
        var tally = new DetectionTally().watched(2, List.of());
        for (int i = 0; i < found + missed; i++) {
            tally.fault("SPIKE");
        }
        for (int i = 0; i < found; i++) {
            tally.found("SPIKE", 1_000L * found);
            tally.report("spike", Set.of("SPIKE"));
        }
        for (int i = 0; i < falseReports; i++) {
            tally.report("spike", Set.of());
        }
        return tally.detection();
    }

    @Test
    void runs_of_other_scenarios_are_not_one_run() {
        assertThatThrownBy(() -> Merger.merge(List.of(report("a", 0, 1, 1), report("b", 0, 1, 1))))
                .hasMessage("expected reports of one scenario, got a, b");
    }

    @Test
    void a_comparison_says_what_changed_by_how_much() {
        var text = Comparison.of(report("load", 0, 100, 10), report("load", 0, 150, 20));

        assertThat(text.lines().filter(line -> line.startsWith("acked")))
                .containsExactly("acked                               100            150    +50.0 %");
        assertThat(text).contains("ack p99 ms", "ack, first p99 ms").doesNotContain("F1");
    }

    private static RunReport report(String scenario, long startMillis, int messages, long latencyMillis) {
        var ledger = new Ledger(new Accounts(1), new long[] {nanos(5_000), Long.MAX_VALUE});
        ledger.begin(0);
        for (int i = 0; i < messages; i++) {
            ledger.sent(0, MessageKind.TELEMETRY, true);
            ledger.acked(0, MessageKind.TELEMETRY, 1, true, 0, 0, nanos(latencyMillis));
        }
        ledger.tick(nanos(1_000), 3 << 20);
        var header = new RunReport.Header(
                scenario,
                1,
                "server",
                List.of("first", "second"),
                new long[] {nanos(5_000), Long.MAX_VALUE},
                1,
                startMillis,
                0);
        return RunReport.of(header, LedgerPart.sum(List.of(ledger.part(0))), true, nanos(1_000));
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
