package io.telltale.devices.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Report;
import io.telltale.analytics.model.Silence;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/// What a device of three metrics weighs, by the layout of the objects themselves.
class DeviceMemoryTest {
    private static final DeviceId DEVICE = new DeviceId("meter-1");
    private static final String[] METRICS = {"voltage", "current", "power"};
    private static final long START = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;

    private final DeviceState state = new DeviceState(DEVICE, TestDevice.RULES);
    private final Random random = new Random(3);

    @BeforeAll
    static void look_into_lambdas_too() {
        System.setProperty("jol.magicFieldOffset", "true");
    }

    @Test
    void a_device_that_said_little_is_small() {
        speakEveryMinute(1);
        assertThat(heap()).isLessThan(2_600);
        fallSilent(1);
        assertThat(heap()).isLessThan(2_500);
    }

    @Test
    void a_device_that_has_learned_stays_within_its_bounds() {
        speakEveryMinute(20_000);
        assertThat(heap()).isLessThan(14_000);
        fallSilent(20_000);
        assertThat(heap()).isLessThan(13_000);
    }

    private void speakEveryMinute(int times) {
        for (int i = 0; i < times; i++) {
            long now = START + i * MINUTE;
            var points = List.<Point>of(
                    new Point.Numeric(METRICS[0], now, 230 + random.nextGaussian()),
                    new Point.Numeric(METRICS[1], now, 5 + 0.1 * random.nextGaussian()),
                    new Point.Numeric(METRICS[2], now, 1150 + 30 * random.nextGaussian()));
            state.confirm(state.apply(new Report(DEVICE, now, points)).confirmation());
        }
    }

    private void fallSilent(int after) {
        long now = START + after * MINUTE + DAY;
        state.confirm(state.apply(new Silence(DEVICE, now)).confirmation());
    }

    /// All but what devices share: rules, and names, which decoders keep one of.
    private long heap() {
        return GraphLayout.parseInstance(state)
                .subtract(GraphLayout.parseInstance(TestDevice.RULES))
                .subtract(GraphLayout.parseInstance((Object) METRICS))
                .totalSize();
    }
}
