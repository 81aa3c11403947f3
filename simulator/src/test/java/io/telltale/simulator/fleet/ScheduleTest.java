package io.telltale.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void a_second_has_as_many_turns_as_the_rate_says() {
        var schedule = new Schedule(300, 1_500);
        int turns = 0;
        while (schedule.nanos() < TimeUnit.SECONDS.toNanos(1)) {
            turns++;
            schedule.advance();
        }
        assertThat(turns).isEqualTo(1_500);
    }

    @Property(tries = 200)
    void turns_ascend_and_event_times_of_a_device_never_repeat(
            @ForAll @IntRange(min = 1, max = 50) int devices,
            @ForAll @DoubleRange(min = 0.01, max = FleetOptions.MAX_RATE_OF_A_DEVICE) double rateOfADevice) {
        var schedule = new Schedule(devices, devices * rateOfADevice);
        long[] latestMillis = new long[devices];
        Arrays.fill(latestMillis, -1);
        long latestNanos = 0;
        for (int turn = 0; turn < 5 * devices; turn++) {
            assertThat(schedule.nanos()).isGreaterThanOrEqualTo(latestNanos);
            latestNanos = schedule.nanos();
            long millis = TimeUnit.NANOSECONDS.toMillis(latestNanos);
            assertThat(millis).isGreaterThan(latestMillis[schedule.device()]);
            latestMillis[schedule.device()] = millis;
            schedule.advance();
        }
    }
}
