package io.telltale.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final int FIRST_MESSAGE = 200;
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
                case DECOUPLED,
                        CLOCK_SKEW,
                        CLOCK_JUMP,
                        LATE,
                        OUT_OF_ORDER,
                        FLAPPING,
                        DUPLICATE,
                        CORRUPT,
                        WRONG_TYPE,
                        SITE_OUTAGE,
                        ROLLOUT,
                        RECORDED -> throw new AssertionError("not asked for: " + label);
            }
        }
        assertThat(kinds).isEqualTo(EnumSet.copyOf(FaultKind.IN_SERIES));
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
    void a_decoupled_metric_goes_the_other_way() {
        var plan = plan(List.of(FaultKind.DECOUPLED));
        double[] reported = new double[MESSAGES];
        for (int slot = 0; slot < MESSAGES; slot++) {
            plan.enter(slot, slot);
            reported[slot] = plan.apply(0, slot, slot);
        }

        assertThat(labels).isNotEmpty().allSatisfy(label -> {
            int start = (int) label.startMillis();
            int end = (int) label.endMillis();
            assertThat(reported[start]).isEqualTo(start);
            assertThat(reported[end]).isEqualTo(2.0 * start - end);
            assertThat(reported[end + 1]).isEqualTo(end + 1);
        });
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
        assertThat(new Label("pump-000003", "load", FaultKind.LEVEL_SHIFT, 1, 2, -7.46).json())
                .isEqualTo(
                        "{\"device\":\"pump-000003\",\"metric\":\"load\",\"kind\":\"LEVEL_SHIFT\",\"startMillis\":1,\"endMillis\":2,\"size\":-7.5}");
    }

    @Test
    void a_clock_runs_off_by_seconds_and_is_set_right_again() {
        var plan = plan(List.of(FaultKind.CLOCK_SKEW));
        long[] errors = new long[MESSAGES];
        for (int slot = 0; slot < MESSAGES; slot++) {
            plan.enter(slot, slot);
            errors[slot] = Math.abs(plan.clockErrorMillis(slot));
        }

        for (var label : labels) {
            int start = (int) label.startMillis();
            int end = (int) label.endMillis();
            assertThat(errors[start - 1]).isZero();
            assertThat(errors[start]).isBetween(1L, 1_000L);
            assertThat(errors[end]).isBetween(5_000L, 60_000L);
            assertThat(errors[end + 1]).isZero();
        }
        assertThat(labels).hasSizeGreaterThan(50);
    }

    @Test
    void every_second_message_out_of_order_is_overtaken_and_the_last_is_not() {
        var plan = plan(List.of(FaultKind.OUT_OF_ORDER));
        boolean[] overtaken = new boolean[MESSAGES];
        for (int slot = 0; slot < MESSAGES; slot++) {
            plan.enter(slot, slot);
            overtaken[slot] = plan.isOvertaken(slot);
        }

        for (var label : labels) {
            assertThat(overtaken[(int) label.startMillis()]).isTrue();
            assertThat(overtaken[(int) label.startMillis() + 1]).isFalse();
            assertThat(overtaken[(int) label.endMillis()]).isFalse();
        }
        assertThat(labels).isNotEmpty();
    }

    @Test
    void a_device_without_any_metric_to_spoil_has_faults_of_its_own_only() {
        var plan = new FaultPlan(
                new SplittableRandom(5),
                FaultKind.episodes(),
                20,
                0,
                labels::add,
                "door-000001",
                new String[] {"open"},
                new double[] {0});

        for (int slot = 0; slot < MESSAGES; slot++) {
            plan.enter(slot, slot);
        }

        assertThat(labels).isNotEmpty().allMatch(label -> label.metric().equals(Label.EVERY_METRIC));
    }

    @Test
    void nothing_is_wrong_before_its_time() {
        var plan = plan();

        for (int slot = 0; slot < MESSAGES; slot++) {
            plan.enter(slot, slot);
        }

        assertThat(labels).isNotEmpty().allMatch(label -> label.startMillis() > FIRST_MESSAGE);
    }

    private FaultPlan plan() {
        return plan(FaultKind.IN_SERIES);
    }

    private FaultPlan plan(List<FaultKind> kinds) {
        return new FaultPlan(
                new SplittableRandom(5),
                kinds,
                20,
                FIRST_MESSAGE,
                labels::add,
                "pump-000003",
                new String[] {"load", "running"},
                new double[] {2, 0});
    }
}
