package io.telltale.analytics.window;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowSettingsTest {
    private static final List<Duration> WIDTHS = List.of(ofSeconds(10), ofMinutes(1));

    @Test
    void the_finest_and_the_widest_are_the_first_and_the_last() {
        var settings = new WindowSettings(WIDTHS, ZERO, 1);

        assertThat(settings.finestMillis()).isEqualTo(10_000);
        assertThat(settings.widestMillis()).isEqualTo(60_000);
    }

    @Test
    void one_width_is_enough() {
        var settings = new WindowSettings(List.of(ofSeconds(1)), ZERO, 1);

        assertThat(settings.finestMillis()).isEqualTo(settings.widestMillis());
    }

    @Test
    void without_widths_there_is_nothing_to_roll_up() {
        refuses(List.of(), ZERO, 1, "widths: expected at least one, got none");
    }

    @Test
    void widths_ascend_in_whole_multiples_from_a_second_on() {
        var expected = "widths: expected ascending whole multiples of each other, 1 s or more, got ";
        refuses(List.of(ofMillis(999)), ZERO, 1, expected + "[PT0.999S]");
        refuses(List.of(ofMinutes(1), ofSeconds(10)), ZERO, 1, expected + "[PT1M, PT10S]");
        refuses(List.of(ofSeconds(10), ofSeconds(10)), ZERO, 1, expected + "[PT10S, PT10S]");
        refuses(List.of(ofSeconds(10), ofSeconds(25)), ZERO, 1, expected + "[PT10S, PT25S]");
    }

    @Test
    void lateness_is_not_allowed_to_be_negative() {
        refuses(WIDTHS, ofSeconds(-1), 1, "allowed lateness: expected 0 or more, got PT-1S");
    }

    @Test
    void at_least_one_point_is_remembered() {
        refuses(WIDTHS, ZERO, 0, "recent points: expected 1 or more, got 0");
    }

    @Test
    void settings_that_say_the_same_are_the_same() {
        var settings = new WindowSettings(WIDTHS, ofSeconds(30), 16);

        assertThat(settings)
                .isEqualTo(new WindowSettings(new ArrayList<>(WIDTHS), ofSeconds(30), 16))
                .hasSameHashCodeAs(new WindowSettings(WIDTHS, ofSeconds(30), 16))
                .isNotEqualTo(new WindowSettings(WIDTHS, ofSeconds(31), 16))
                .isNotEqualTo(new WindowSettings(WIDTHS, ofSeconds(30), 17))
                .isNotEqualTo(new WindowSettings(WIDTHS.subList(0, 1), ofSeconds(30), 16));
    }

    private static void refuses(List<Duration> widths, Duration allowedLateness, int recentPoints, String message) {
        assertThatThrownBy(() -> new WindowSettings(widths, allowedLateness, recentPoints))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
