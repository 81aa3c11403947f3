package io.telltale.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesWindowsTest {
    private static final SeriesKey SERIES = new SeriesKey(new DeviceId("meter-1"), "temperature");

    private final List<Rollup> emitted = new ArrayList<>();

    @Test
    void a_series_faster_than_its_memory_takes_the_oldest_as_final_and_loses_no_point() {
        var windows = new SeriesWindows(SERIES, settings(100));
        for (int millis = 0; millis <= 30_000; millis += 10) {
            assertThat(windows.add(millis, 1)).isEqualTo(Verdict.FRESH);
            windows.advance(millis, 0, emitted::add);
        }

        assertThat(emitted).extracting(Rollup::count).containsExactly(1000L, 1000L, 1000L);
        assertThat(windows.add(25_000, 2))
                .as("beyond memory, though inside the lateness")
                .isEqualTo(Verdict.LATE);
    }

    @Test
    void an_empty_window_is_not_emitted() {
        var windows = new SeriesWindows(SERIES, settings(100));
        for (long millis : new long[] {1_000, 55_000}) {
            windows.add(millis, 1);
            windows.advance(millis, 0, emitted::add);
        }

        assertThat(emitted).extracting(Rollup::windowStartMillis).containsExactly(0L);
        assertThat(windows.nextCloseMillis()).isEqualTo(60_000);
    }

    @Test
    void windows_before_1970_begin_where_they_should() {
        var windows = new SeriesWindows(SERIES, settings(100));
        windows.add(-1, 1);
        windows.advance(0, 0, emitted::add);

        assertThat(emitted).extracting(Rollup::windowStartMillis).containsExactly(-10_000L);
    }

    @Test
    void widths_that_are_no_multiples_of_each_other_are_refused() {
        assertThatThrownBy(() ->
                        new WindowSettings(List.of(Duration.ofSeconds(10), Duration.ofSeconds(15)), Duration.ZERO, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiples");
    }

    private static WindowSettings settings(int maxRecent) {
        return new WindowSettings(List.of(Duration.ofSeconds(10)), Duration.ofSeconds(30), maxRecent);
    }
}
