package io.telltale.devices.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeviceTypeTest {
    private static final long START = 1_700_000_040_000L;
    private static final DeviceType PUMPS = new DeviceType("pumps", "pump-*", true, true);
    private static final DeviceRules RULES = with(new DeviceTypes(List.of(PUMPS), Duration.ofMinutes(1)));

    private final Random random = new Random(2);
    private final List<Anomaly> found = new ArrayList<>();

    @Test
    void a_device_is_of_the_first_type_whose_ids_it_has() {
        var north = new DeviceType("north", "*-north-*", false, true);
        var types = new DeviceTypes(List.of(north, PUMPS), Duration.ofMinutes(1));

        assertThat(types.of(new DeviceId("pump-1"))).isSameAs(PUMPS);
        assertThat(types.of(new DeviceId("pump-north-1"))).isSameAs(north);
        assertThat(types.of(new DeviceId("pump.1"))).isSameAs(DeviceType.NONE);
        assertThat(types.of(new DeviceId("a-pump-1"))).isSameAs(DeviceType.NONE);
    }

    @Test
    void metrics_of_a_device_that_go_apart_are_told_also_after_a_restart() {
        var id = new DeviceId("pump-1");
        var state = new DeviceState(id, RULES);
        Optional<DeviceSnapshot> snapshot = Optional.empty();
        for (int i = 0; i < 6000; i++) {
            double load = random.nextGaussian();
            var latest = say(state, id, i, 100 + load, 50 + 3 * load + 0.3 * random.nextGaussian());
            snapshot = latest.isPresent() ? latest : snapshot;
        }
        assertThat(found).isEmpty();

        var recovered = new DeviceState(id, RULES);
        recovered.restore(new DeviceHistory(id, snapshot, List.of(), List.of(), START));
        for (int i = 6000; i < 6060; i++) {
            say(recovered, id, i, 100 + random.nextGaussian(), 50 + 3 * random.nextGaussian());
        }

        assertThat(found).extracting(Anomaly::kind).containsExactly(Anomaly.Kind.CORRELATION);
    }

    @Test
    void a_device_that_leaves_its_peers_is_told() {
        var peers = new Peers(RULES.types());
        var states = new ArrayList<DeviceState>();
        for (int i = 0; i < 12; i++) {
            states.add(new DeviceState(new DeviceId("pump-" + i), RULES, peers));
        }
        double load = 50;
        for (int minute = 0; minute < 600; minute++) {
            load += random.nextGaussian();
            for (int i = 0; i < 12; i++) {
                double off = i == 4 && minute >= 580 ? 6 : 0;
                say(states.get(i), new DeviceId("pump-" + i), 60 * minute, load + off + 0.3 * random.nextGaussian(), 1);
            }
        }

        assertThat(found)
                .filteredOn(anomaly -> anomaly.kind() == Anomaly.Kind.PEERS)
                .singleElement()
                .satisfies(
                        anomaly -> assertThat(anomaly.series().device().value()).isEqualTo("pump-4"));
    }

    private Optional<DeviceSnapshot> say(DeviceState state, DeviceId id, int second, double speed, double flow) {
        long now = START + second * 1000L;
        var points = List.<Point>of(new Point.Numeric("speed", now, speed), new Point.Numeric("flow", now, flow));
        var outcome = state.apply(new Report(id, now, points));
        state.confirm(outcome.confirmation());
        found.addAll(outcome.anomalies());
        return outcome.snapshot();
    }

    private static DeviceRules with(DeviceTypes types) {
        var usual = TestDevice.RULES;
        return new DeviceRules(
                usual.windows(),
                usual.maxMetrics(),
                usual.silenceGrace(),
                usual.staleAfter(),
                usual.offlineAfter(),
                usual.passivateAfter(),
                usual.snapshotEvery(),
                usual.resendAfter(),
                usual.detection(),
                usual.limits(),
                types);
    }
}
