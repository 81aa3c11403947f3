package io.telltale.server.chaos.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WindowTest {
    private final Map<Long, Window> windows =
            Window.all(new TreeMap<>(Map.of(10_000L, 2.0, 12_000L, 4.0, 19_999L, 3.0, 20_000L, 7.0)), 10_000);

    @Test
    void a_window_holds_what_is_between_its_start_and_the_next() {
        assertThat(windows).containsOnlyKeys(10_000L, 20_000L);
    }

    @Test
    void a_rollup_of_the_same_points_agrees() {
        assertThat(agrees("3", "9", "2", "4", "3", "2", "3", "3")).isTrue();
        assertThat(agrees("3", "9.0000000001", "2", "4", "3", "2", "3", "3"))
                .as("the last digits of a sum")
                .isTrue();
    }

    @Test
    void a_rollup_of_other_points_does_not_agree() {
        assertThat(agrees("2", "9", "2", "4", "3", "2", "3", "3")).isFalse();
        assertThat(agrees("3", "9.00001", "2", "4", "3", "2", "3", "3")).isFalse();
        assertThat(agrees("3", "9", "2.1", "4", "3", "2", "3", "3")).isFalse();
        assertThat(agrees("3", "9", "2", "4.1", "3", "2", "3", "3")).isFalse();
        assertThat(agrees("3", "9", "2", "4", "3.1", "2", "3", "3")).isFalse();
        assertThat(agrees("3", "9", "2", "4", "3", "4", "3", "3")).isFalse();
        assertThat(agrees("3", "9", "2", "4", "3", "2", "4", "3")).isFalse();
        assertThat(agrees("3", "9", "2", "4", "3", "2", "3", "2")).isFalse();
    }

    private boolean agrees(String... row) {
        return Objects.requireNonNull(windows.get(10_000L)).agreesWith(row, 0);
    }
}
