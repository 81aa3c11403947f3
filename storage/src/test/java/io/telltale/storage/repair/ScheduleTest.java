package io.telltale.storage.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.LateWindow;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.storage.read.Recovery;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long SETTLE = 2 * MINUTE;
    private static final long STORED = 100 * HOUR;

    private final Schedule schedule = new Schedule(new Recovery(
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1)),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1)));

    @Test
    void a_window_that_has_closed_is_looked_at_once_more_when_nothing_can_be_under_way() {
        long watermark = 3 * HOUR;
        var entry = entry(0, watermark);

        assertThat(schedule.nextLookMillis(entry, watermark, true, STORED + 5000))
                .isEqualTo(STORED + 5000 + SETTLE);
        assertThat(schedule.nextLookMillis(entry, watermark, false, STORED + 5000))
                .isEqualTo(STORED + SETTLE);
        assertThat(schedule.nextLookMillis(entry, watermark, false, STORED + SETTLE))
                .isEqualTo(Schedule.NEVER);
        assertThat(schedule.nextLookMillis(entry, watermark, true, STORED + HOUR))
                .as("it was overtaken: once more")
                .isEqualTo(STORED + HOUR + SETTLE);
    }

    @Test
    void a_window_in_which_points_may_still_be_counted_has_not_closed() {
        long watermark = HOUR + 29_999;

        assertThat(schedule.nextLookMillis(entry(0, watermark), watermark, false, STORED + HOUR))
                .isLessThan(Schedule.NEVER);
    }

    @Test
    void an_open_window_is_looked_at_when_the_next_of_its_windows_closes() {
        // The late points lie before the watermark that was noted: at most in the minute around it.
        long noted = 20 * MINUTE + 15_000;

        long now = STORED + 2 * HOUR;

        assertThat(schedule.nextLookMillis(entry(0, noted), noted, true, now))
                .as("ten seconds; never sooner than in a quarter of the time to settle")
                .isEqualTo(now + SETTLE / 4);
        assertThat(schedule.nextLookMillis(entry(0, noted), noted + 5000, true, now))
                .as("the minute, which ends in 40 s")
                .isEqualTo(now + 40_000);
        assertThat(schedule.nextLookMillis(entry(0, noted), 21 * MINUTE, true, now))
                .as("the hour")
                .isEqualTo(now + 39 * MINUTE);
        assertThat(schedule.nextLookMillis(entry(0, noted), HOUR, true, now))
                .as("the allowed lateness after the hour")
                .isEqualTo(now + 30_000);
    }

    @Test
    void a_device_that_runs_ahead_of_our_clock_waits_at_most_half_as_long_again_as_it_had_to() {
        long noted = 20 * MINUTE;

        assertThat(schedule.nextLookMillis(entry(0, noted), 21 * MINUTE, true, STORED + 5000))
                .isEqualTo(STORED + 5000 + SETTLE / 4);
        assertThat(schedule.nextLookMillis(entry(0, noted), 21 * MINUTE, true, STORED + 10 * MINUTE))
                .isEqualTo(STORED + 15 * MINUTE);
    }

    @Test
    void a_window_of_a_time_when_the_widest_was_narrower_is_looked_at_in_the_one_around_it() {
        var entry = new Entry(new LateWindow(series(), 10 * MINUTE, HOUR + 20 * MINUTE, 9 * HOUR), STORED);

        assertThat(schedule.fromMillis(List.of(entry))).isEqualTo(HOUR);
        assertThat(schedule.toMillis(List.of(entry))).isEqualTo(2 * HOUR);
    }

    private static Entry entry(long startMillis, long watermarkMillis) {
        return new Entry(new LateWindow(series(), HOUR, startMillis, watermarkMillis), STORED);
    }

    private static SeriesKey series() {
        return new SeriesKey(new DeviceId("meter-1"), "temperature");
    }
}
