package io.telltale.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.server.chaos.Disturbance.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {
    private static final Duration DURATION = Duration.ofMinutes(10);

    @Test
    void the_same_seed_gives_the_same_plan() {
        assertThat(ChaosPlan.of(7, DURATION, 50)).isEqualTo(ChaosPlan.of(7, DURATION, 50));
        assertThat(ChaosPlan.of(7, DURATION, 50)).isNotEqualTo(ChaosPlan.of(8, DURATION, 50));
    }

    @Test
    void there_are_as_many_kills_as_asked_for_and_as_many_milder_blows() {
        var plan = ChaosPlan.of(7, DURATION, 50);

        assertThat(plan.kills()).isEqualTo(50);
        assertThat(plan.disturbances()).hasSize(100);
    }

    @Test
    void blows_come_in_order_within_the_time() {
        var plan = ChaosPlan.of(7, DURATION, 50);

        assertThat(plan.disturbances())
                .isSortedAccordingTo(Comparator.comparingLong(Disturbance::atMillis))
                .allSatisfy(each -> assertThat(each.atMillis()).isBetween(0L, DURATION.toMillis()));
    }

    @Test
    void seven_kills_have_every_kind_of_kill_among_them() {
        var kinds = ChaosPlan.of(7, DURATION, 7).disturbances().stream()
                .map(Disturbance::kind)
                .filter(Kind::isKill)
                .collect(Collectors.toSet());

        assertThat(kinds)
                .containsExactlyInAnyOrder(Kind.KILL_SERVER, Kind.RESTART_SERVER, Kind.KILL_STORE, Kind.RESTART_BROKER);
    }
}
