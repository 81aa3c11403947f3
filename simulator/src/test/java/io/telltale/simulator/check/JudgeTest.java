package io.telltale.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.simulator.check.ServerApi.Anomaly;
import io.telltale.simulator.fault.FaultKind;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.report.Detection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private final List<Label> labels = new ArrayList<>();
    private final List<Anomaly> anomalies = new ArrayList<>();

    @Test
    void a_report_within_a_fault_finds_it_and_further_ones_change_nothing() {
        fault("load", FaultKind.DRIFT, 10_000, 20_000);
        report("load", 12_000);
        report("load", 13_000);

        var found = judged();

        assertThat(found.f1()).isEqualTo(1);
        assertThat(found.reports()).isEqualTo(2);
        assertThat(found.kinds()).containsExactly(new Detection.Kind("DRIFT", 1, 1, 1, 2));
    }

    @Test
    void a_report_elsewhere_is_false() {
        fault("load", FaultKind.SPIKE, 10_000, 10_000);
        report("load", 9_999);
        report("voltage", 10_000);
        report("load", 10_500);

        var found = judged();

        assertThat(found.falseReports()).isEqualTo(2);
        assertThat(found.precision()).isEqualTo(1.0 / 3);
        assertThat(found.recall()).isEqualTo(1);
        assertThat(found.f1()).isEqualTo(0.5);
    }

    @Test
    void the_way_back_is_part_of_the_fault_for_a_while() {
        fault("load", FaultKind.LEVEL_SHIFT, 10_000, 20_000);
        report("load", 21_000);
        report("load", 21_001);

        assertThat(judged().falseReports()).isEqualTo(1);
    }

    @Test
    void a_gap_is_found_in_any_metric_or_in_none() {
        fault(Label.EVERY_METRIC, FaultKind.GAP, 10_000, 20_000);
        fault(Label.EVERY_METRIC, FaultKind.SITE_OUTAGE, 40_000, 50_000);
        report("load", 11_000);
        report("", 41_000);

        assertThat(judged().recall()).isEqualTo(1);
    }

    @Test
    void what_no_detector_is_asked_to_find_counts_neither_way() {
        fault(Label.EVERY_METRIC, FaultKind.ROLLOUT, 10_000, 10_000);
        report("load", 10_000);

        var found = judged();

        assertThat(found.reports()).isZero();
        assertThat(found.faults()).isZero();
        assertThat(found.f1()).isEqualTo(1);
    }

    @Test
    void a_detector_that_says_nothing_scores_nothing() {
        fault("load", FaultKind.STUCK, 10_000, 20_000);

        assertThat(judged().f1()).isZero();
    }

    private Detection judged() {
        return Judge.judge(labels, anomalies, 1_000);
    }

    private void fault(String metric, FaultKind kind, long start, long end) {
        labels.add(new Label("d", metric, kind, start, end));
    }

    private void report(String metric, long millis) {
        anomalies.add(new Anomaly("d", metric, "spike", millis));
    }
}
