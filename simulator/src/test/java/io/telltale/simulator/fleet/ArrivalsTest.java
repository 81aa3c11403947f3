package io.telltale.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.telltale.simulator.device.Device;
import io.telltale.simulator.device.Devices;
import io.telltale.simulator.scenario.Scenarios;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    @Test
    void a_second_has_as_many_messages_as_the_rate_says() {
        assertThat(countBefore(1, arrivals("rate = 500", ""))).isEqualTo(500);
    }

    @Test
    void poisson_arrivals_are_as_many_on_average_and_never_even() {
        var arrivals = arrivals("rate = 50, arrivals = poisson", "");
        long first = arrivals.nanos();
        arrivals.advance();
        long second = arrivals.nanos();
        arrivals.advance();

        assertThat(arrivals.nanos() - second).isNotEqualTo(second - first);
        assertThat(countBefore(100, arrivals)).isCloseTo(5_000, within(300));
    }

    @Test
    void a_ramp_holds_half_of_what_its_end_has_and_a_peak_its_multiple() {
        var stages =
                "stages = [{ name = ramp, for = 10s, load = [0, 1] }, { name = peak, for = 5s, load = [3, 3] }, { name = down, for = 10s, load = [1, 0] }]";
        var arrivals = arrivals("rate = 100", stages);

        assertThat(countBefore(5, arrivals)).isBetween(124, 126);
        assertThat(countBefore(10, arrivals)).isBetween(374, 376);
        assertThat(countBefore(15, arrivals)).isBetween(1_499, 1_501);
        assertThat(countBefore(1_000_000, arrivals)).isBetween(499, 501);
        assertThat(arrivals.nanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void two_cursors_over_a_device_agree() {
        var a = arrivals("rate = 50, arrivals = poisson", "");
        var b = arrivals("rate = 50, arrivals = poisson", "");
        for (int i = 0; i < 1_000; i++) {
            assertThat(a.nanos()).isEqualTo(b.nanos());
            a.advance();
            b.advance();
        }
    }

    @Property(tries = 100)
    void event_times_of_a_device_ascend_and_never_repeat(
            @ForAll @DoubleRange(min = 0.01, max = 1000) double rate,
            @ForAll boolean isPoisson,
            @ForAll @IntRange(max = 99) int phase) {
        var arrivals = new Arrivals(
                device("rate = " + rate + ", arrivals = " + (isPoisson ? "poisson" : "even"), ""),
                phase / 100.0,
                1,
                Pace.of(Scenarios.parse("devices { d { metrics { x { value = 1 } } } }")));
        long latest = -1;
        for (int i = 0; i < 500; i++) {
            long millis = TimeUnit.NANOSECONDS.toMillis(arrivals.nanos());
            assertThat(millis).isGreaterThan(latest);
            latest = millis;
            arrivals.advance();
        }
    }

    private static int countBefore(long seconds, Arrivals arrivals) {
        int count = 0;
        while (arrivals.nanos() < TimeUnit.SECONDS.toNanos(seconds)) {
            count++;
            arrivals.advance();
        }
        return count;
    }

    private static Arrivals arrivals(String type, String scenario) {
        return new Arrivals(device(type, scenario), 0, 1, Pace.of(Scenarios.parse(text(type, scenario))));
    }

    private static Device device(String type, String scenario) {
        return Devices.of(Scenarios.parse(text(type, scenario)), 1, label -> {}).getFirst();
    }

    private static String text(String type, String scenario) {
        return scenario + "\ndevices { d { " + type + ", metrics { x { value = 1 } } } }";
    }
}
