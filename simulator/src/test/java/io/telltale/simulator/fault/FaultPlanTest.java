package io.telltale.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final int MESSAGES = 20_000;

    private final List<Label> labels = new ArrayList<>();

    @Test
    void every_kind_occurs_and_does_what_it_says() {
        var plan = plan();
        double[] reported = new double[MESSAGES];
        boolean[] silent = new boolean[MESSAGES];
        for (int slot = 0; slot < MESSAGES; slot++) {
            plan.enter(slot, slot);
            silent[slot] = plan.isSilent();
            reported[slot] = plan.apply(0, slot, 100);
        }

        var kinds = EnumSet.noneOf(FaultKind.class);
        for (var label : labels) {
            kinds.add(label.kind());
            int start = (int) label.startMillis();
            int end = (int) label.endMillis();
            double firstOff = Math.abs(reported[start] - 100);
            double lastOff = Math.abs(reported[end] - 100);
            switch (label.kind()) {
                case SPIKE -> {
                    assertThat(end).isEqualTo(start);
                    assertThat(firstOff).isBetween(16.0, 40.0);
                }
                case DRIFT -> {
                    assertThat(firstOff).isLessThan(1);
                    assertThat(lastOff).isBetween(12.0, 24.0);
                }
                case LEVEL_SHIFT -> assertThat(firstOff).isEqualTo(lastOff).isBetween(12.0, 24.0);
                case STUCK -> assertThat(lastOff).isZero();
                case NOISE_BURST -> assertThat(end - start).isBetween(29, 79);
                case GAP -> {
                    assertThat(label.metric()).isEqualTo(Label.EVERY_METRIC);
                    assertThat(silent[start]).isTrue();
                    assertThat(silent[end]).isTrue();
                    assertThat(silent[start - 1]).isFalse();
                    assertThat(silent[end + 1]).isFalse();
                }
            }
        }
        assertThat(kinds).isEqualTo(EnumSet.allOf(FaultKind.class));
    }

    @Test
    void a_stuck_metric_repeats_its_first_value() {
        var plan = plan();
        for (int slot = 0; slot < MESSAGES; slot++) {
            plan.enter(slot, slot);
            plan.apply(0, slot, slot);
        }
        var stuck = labels.stream()
                .filter(label -> label.kind() == FaultKind.STUCK)
                .findFirst()
                .orElseThrow();

        var again = plan();
        double latest = 0;
        for (long slot = 0; slot <= stuck.endMillis(); slot++) {
            again.enter(slot, slot);
            latest = again.apply(0, slot, (double) slot);
        }

        assertThat(latest).isEqualTo((double) stuck.startMillis());
    }

    @Test
    void metrics_without_spread_take_no_faults() {
        var plan = plan();
        for (int slot = 0; slot < MESSAGES; slot++) {
            plan.enter(slot, slot);
            assertThat(plan.apply(1, slot, 1)).isEqualTo(1);
        }
    }

    @Test
    void a_fault_that_is_under_way_at_the_end_is_labelled_once() {
        var plan = plan();
        int slot = 0;
        while (labels.isEmpty()) {
            plan.enter(slot, slot);
            slot++;
        }
        labels.clear();
        while (!plan.isSilent()) {
            plan.enter(slot, slot);
            slot++;
        }
        labels.clear();

        plan.finish();
        plan.finish();

        assertThat(labels)
                .containsExactly(new Label("pump-000003", Label.EVERY_METRIC, FaultKind.GAP, slot - 1, slot - 1));
    }

    @Test
    void a_label_is_a_line_of_json() {
        assertThat(new Label("pump-000003", "load", FaultKind.LEVEL_SHIFT, 1, 2).json())
                .isEqualTo(
                        "{\"device\":\"pump-000003\",\"metric\":\"load\",\"kind\":\"LEVEL_SHIFT\",\"startMillis\":1,\"endMillis\":2}");
    }

    private FaultPlan plan() {
        return new FaultPlan(
                new SplittableRandom(5),
                new Faults(20, labels::add),
                "pump-000003",
                new String[] {"load", "running"},
                new double[] {2, 0});
    }
}
