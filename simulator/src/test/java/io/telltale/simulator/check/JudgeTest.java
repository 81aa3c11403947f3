package io.telltale.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.telltale.simulator.check.ServerApi.Anomaly;
import io.telltale.simulator.fault.FaultKind;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.report.Detection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
        assertThat(found.kinds()).singleElement().satisfies(kind -> {
            assertThat(kind.kind()).isEqualTo("DRIFT");
            assertThat(kind.f1()).isEqualTo(1);
            assertThat(kind.delaySeconds()).isEqualTo(2);
        });
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
    void metrics_that_go_apart_are_found_in_either() {
        fault("load", FaultKind.DECOUPLED, 10_000, 20_000);
        anomalies.add(new Anomaly("d", "current", "correlation", 12_000, 12_000, "because"));
        report("current", 13_000);

        var found = judged();

        assertThat(found.recall()).isEqualTo(1);
        assertThat(found.falseReports()).isEqualTo(1);
    }

    @Test
    void silence_is_reported_at_the_last_point_before_it_and_known_when_it_has_lasted() {
        fault(Label.EVERY_METRIC, FaultKind.GAP, 10_000, 20_000);
        anomalies.add(new Anomaly("d", "load", "gap", 9_000, 13_000, "because"));
        anomalies.add(new Anomaly("d", "load", "gap", 2_000, 3_000, "because"));

        var found = judged();

        assertThat(found.recall()).isEqualTo(1);
        assertThat(found.falseReports()).isEqualTo(1);
        assertThat(found.kinds())
                .singleElement()
                .satisfies(kind -> assertThat(kind.delaySeconds()).isEqualTo(3, within(0.01)));
    }

    @Test
    void reports_about_devices_of_others_count_neither_way() {
        anomalies.add(new Anomaly("somebody else's", "load", "spike", 1_000, 1_000, "because"));

        assertThat(judged().reports()).isZero();
    }

    @Test
    void a_kind_of_fault_answers_for_its_share_of_the_false_reports_of_the_kind_that_finds_it() {
        fault("load", FaultKind.SPIKE, 10_000, 10_000);
        fault("load", FaultKind.STUCK, 30_000, 40_000);
        report("load", 10_000);
        report("load", 20_000);
        anomalies.add(new Anomaly("d", "load", "stuck", 35_000, 35_000, "because"));

        var kinds = judged().kinds();

        assertThat(kinds).extracting(Detection.Kind::kind).containsExactly("SPIKE", "STUCK");
        assertThat(kinds).extracting(Detection.Kind::precision).containsExactly(0.5, 1.0);
    }

    @Test
    void without_faults_false_alarms_are_counted_by_device_and_day() {
        report("load", 1_000);
        report("load", 2_000);

        assertThat(judged().deviceDays()).isEqualTo(4);
        assertThat(judged().falseAlarms())
                .containsExactly(
                        new Detection.FalseAlarm("d", "load", "spike", 1_000, "because"),
                        new Detection.FalseAlarm("d", "load", "spike", 2_000, "because"));
        assertThat(judged().falsePerDeviceDay()).isEqualTo(0.5);
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

        var found = judged();

        assertThat(found.f1()).isZero();
        assertThat(found.missed()).containsExactly(new Detection.Missed("d", "load", "STUCK", 10_000, 20_000, 0));
    }

    private Detection judged() {
        return Judge.judge(Set.of("d"), Duration.ofDays(4).toMillis(), labels, anomalies, 1_000);
    }

    private void fault(String metric, FaultKind kind, long start, long end) {
        labels.add(new Label("d", metric, kind, start, end));
    }

    private void report(String metric, long millis) {
        anomalies.add(new Anomaly("d", metric, "spike", millis, millis, "because"));
    }
}
