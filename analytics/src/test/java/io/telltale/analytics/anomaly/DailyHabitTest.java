package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DailyHabitTest {
    private static final int DAY_MINUTES = 1440;
    private static final int NIGHTLY = 180;

    private final DailyHabit habit = new DailyHabit();
    private int minute;

    @Test
    void an_event_does_not_excuse_itself() {
        assertThat(usualAtNight()).isZero();
        assertThat(habit.add((minute + 1) * 60_000L, 0)).isZero();
    }

    @Test
    void what_is_odd_every_night_becomes_usual_then() {
        for (int day = 0; day < 10; day++) {
            usualAtNight();
        }

        assertThat(usualAtNight()).isBetween(3.5, 4.0);
    }

    @Test
    void what_was_odd_once_is_soon_forgotten() {
        usualAtNight();
        for (int day = 0; day < 10; day++) {
            day(0);
        }

        assertThat(usualAtNight()).isLessThan(0.1);
    }

    private double usualAtNight() {
        return day(4);
    }

    /// A day with one oddity at 3 in the morning.
    private double day(double oddity) {
        double usual = 0;
        for (int i = 0; i < DAY_MINUTES; i++, minute++) {
            double said = habit.add(minute * 60_000L, i == NIGHTLY ? oddity : 0);
            usual = i == NIGHTLY ? said : usual;
        }
        return usual;
    }
}
