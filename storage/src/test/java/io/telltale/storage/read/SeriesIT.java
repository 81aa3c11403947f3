package io.telltale.storage.read;

import static io.telltale.storage.Outcomes.number;
import static io.telltale.storage.Outcomes.points;
import static io.telltale.storage.Outcomes.rollup;
import static io.telltale.storage.Outcomes.rollups;
import static io.telltale.storage.Outcomes.text;
import static io.telltale.storage.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.Series;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.model.SketchBuckets;
import io.telltale.storage.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// In a time zone with an odd offset, so that a time that was taken for a local one would show.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeriesIT {
    private static final long SHORT = TestStore.SHORT_WINDOW.toMillis();
    private static final long MIDDLE = TestStore.MIDDLE_WINDOW.toMillis();
    private static final long LONG = TestStore.LONG_WINDOW.toMillis();
    /// The start of a long window.
    private static final long T0 = 1_750_000_200_000L;

    private static final long HOUR = 3_600_000;

    private final TimeZone before = TimeZone.getDefault();
    private TestStore test;

    @BeforeAll
    void open(@TempDir Path data) {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        test = TestStore.open(data);
    }

    @AfterAll
    void close() {
        test.close();
        TimeZone.setDefault(before);
    }

    @Test
    void few_points_come_raw() {
        test.write(points("few", number("m", T0, 1), number("m", T0 + 999, 2), number("m", T0 + HOUR, 3)));

        Series series = series("few", T0, T0 + HOUR, 2);

        assertThat(series.resolutionMillis()).isZero();
        assertThat(series.timesMillis()).containsExactly(T0, T0 + 999);
        assertThat(series.mean()).containsExactly(1, 2);
        assertThat(series.counts()).containsExactly(1, 1);
    }

    /// What is asked of a row is asked of the last one with its key, never of one that it replaced.
    @Test
    void a_number_whose_place_a_text_has_taken_is_gone() {
        test.write(points("replaced", number("m", T0, 1), number("m", T0 + 1000, 2)));
        test.write(points("replaced", text("m", T0, "off"), number("m", T0 + 1000, 3)));

        Series series = series("replaced", T0, T0 + 10_000, 100);

        assertThat(series.timesMillis()).containsExactly(T0 + 1000);
        assertThat(series.mean()).containsExactly(3);
    }

    @Test
    void a_range_too_short_for_rollups_is_put_together_from_points() {
        writeEverySecond("short", 60, false);

        Series series = series("short", T0, T0 + 60_000, 30);

        assertThat(series.resolutionMillis()).isEqualTo(2000);
        assertThat(series.timesMillis()).hasSize(30).startsWith(T0, T0 + 2000);
        assertThat(series.mean()).startsWith(0.5, 2.5);
        assertThat(series.min()).startsWith(0, 2);
        assertThat(series.max()).startsWith(1, 3);
        assertThat(series.counts()).containsOnly(2);
    }

    @Test
    void the_widest_rollup_that_is_fine_enough_serves_a_long_range() {
        writeEverySecond("long", 600, true);

        // 24 steps of 25 s are wanted: windows of 10 s, three to a step
        Series series = series("long", T0, T0 + 600_000, 24);

        assertThat(series.resolutionMillis()).isEqualTo(3 * SHORT);
        // the rollups of the test are marked, so that one can see where a number comes from
        assertThat(Arrays.stream(series.mean()).min()).hasValue(1014.5);
        assertThat(series.counts()).containsOnly(30);

        assertThat(series("long", T0, T0 + 600_000, 9).resolutionMillis()).isEqualTo(2 * MIDDLE);
        assertThat(series("long", T0, T0 + 600_000, 2).resolutionMillis()).isEqualTo(LONG);
    }

    @Test
    void windows_that_the_range_cuts_and_windows_still_open_are_put_together_from_points() {
        writeEverySecond("cut", 120, false);
        // closed: the windows of 10 s from 0 to 60; open: the rest
        for (int window = 0; window < 6; window++) {
            test.write(rollupOfSeconds("cut", SHORT, window * 10, 10, 1));
        }

        // from second 5: the first window is cut
        Series series = series("cut", T0 + 5_000, T0 + 115_000, 11);

        assertThat(series.resolutionMillis()).isEqualTo(SHORT);
        assertThat(series.timesMillis()[0]).isEqualTo(T0);
        assertThat(series.counts()).containsExactly(5, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 5);
        assertThat(series.mean()[0]).isEqualTo(7); // points 5 to 9
        assertThat(series.mean()[1]).isEqualTo(1014.5); // a rollup
        assertThat(series.mean()[6]).isEqualTo(64.5); // points again
        assertThat(series.mean()[11]).isEqualTo(112);
    }

    @Test
    void of_a_window_emitted_twice_the_higher_version_counts() {
        writeEverySecond("revised", 20, false);
        test.write(rollupOfSeconds("revised", SHORT, 0, 10, 2), rollupOfSeconds("revised", SHORT, 10, 10, 1));
        test.write(rollups(rollup("revised", "m", SHORT, T0, 1, 5)));

        Series series = series("revised", T0, T0 + 20_000, 2);

        assertThat(series.mean()).containsExactly(1004.5, 1014.5);
    }

    @Test
    void windows_that_changed_after_they_closed_are_told_of_in_steps_and_beside_raw_points() {
        writeEverySecond("changed", 40, false);
        test.write(
                rollupOfSeconds("changed", SHORT, 0, 10, 1),
                again("changed", 0, Emission.REVISED),
                rollupOfSeconds("changed", SHORT, 10, 10, 1),
                again("changed", 20, Emission.REPAIRED),
                again("changed", 30, Emission.REVISED));

        assertThat(series("changed", T0, T0 + 40_000, 2).changes())
                .containsExactly(
                        new Series.Change(T0, T0 + 20_000, 1, 0), new Series.Change(T0 + 20_000, T0 + 40_000, 1, 1));
        assertThat(series("changed", T0 + 5000, T0 + 25_000, 100).changes())
                .containsExactly(
                        new Series.Change(T0, T0 + SHORT, 1, 0),
                        new Series.Change(T0 + 20_000, T0 + 20_000 + SHORT, 0, 1));
        assertThat(series("changed", T0, T0 + 40_000, 10).changes())
                .as("in steps narrower than any rollup")
                .hasSize(3);
    }

    @Test
    void an_outage_is_a_gap() {
        writeEverySecond("gap", 30, false);
        test.write(points("gap", number("m", T0 + HOUR, 1)));

        Series series = series("gap", T0, T0 + 2 * HOUR, 20);

        assertThat(series.resolutionMillis()).isEqualTo(2 * LONG);
        assertThat(series.timesMillis()).hasSize(2);
    }

    private void writeEverySecond(String device, int seconds, boolean rollups) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            outcomes.add(points(device, number("m", T0 + second * 1000L, second)));
        }
        if (rollups) {
            for (long width : new long[] {SHORT, MIDDLE, LONG}) {
                int step = (int) (width / 1000);
                for (int second = 0; second < seconds; second += step) {
                    outcomes.add(rollupOfSeconds(device, width, second, step, 1));
                }
            }
        }
        test.write(outcomes);
    }

    /// Of the values `second` up to `second + seconds`, each marked by a thousand more than the points say.
    private static Outcome rollupOfSeconds(String device, long widthMillis, int second, int seconds, long version) {
        return rollups(ofSeconds(device, widthMillis, second, seconds, version));
    }

    private static Rollup ofSeconds(String device, long widthMillis, int second, int seconds, long version) {
        long start = T0 + second * 1000L;
        double mean = 1000 + second + (seconds - 1) / 2.0;
        return new Rollup(
                new SeriesKey(new DeviceId(device), "m"),
                widthMillis,
                start,
                version,
                Emission.CLOSED,
                seconds,
                mean * seconds,
                1000.0 + second,
                999.0 + second + seconds,
                mean,
                0,
                start,
                1000.0 + second,
                start + (seconds - 1) * 1000L,
                999.0 + second + seconds,
                SketchBuckets.EMPTY);
    }

    private static Outcome again(String device, int second, Emission cause) {
        return rollups(ofSeconds(device, SHORT, second, 10, 1).again(2, cause));
    }

    private Series series(String device, long fromMillis, long toMillis, int points) {
        return await(test.store()
                .series(new Series.Query(new SeriesKey(new DeviceId(device), "m"), fromMillis, toMillis, points)));
    }
}
