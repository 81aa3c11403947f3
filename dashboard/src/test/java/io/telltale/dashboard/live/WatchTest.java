package io.telltale.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telltale.analytics.model.DeviceId;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchTest {
    @Test
    void a_watch_names_what_is_wanted() {
        var watch = Watch.parse("""
                {"type": "watch", "overview": true, "devices": ["a", "b"], "points": ["a"], "anomalies": true}
                """);

        assertThat(watch)
                .isEqualTo(
                        new Watch(true, Set.of(new DeviceId("a"), new DeviceId("b")), Set.of(new DeviceId("a")), true));
    }

    @Test
    void what_is_absent_is_not_wanted() {
        assertThat(Watch.parse("{\"type\": \"watch\"}")).isEqualTo(Watch.NOTHING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nonsense                                  | expected one JSON object
                    [1]                                       | expected one JSON object
                    {"type": "watch"} {}                      | expected one JSON object
                    {"type": "buy"}                           | type: expected "watch", got "buy"
                    {}                                        | type: expected "watch", got nothing
                    {"type": "watch", "overview": 1}          | watch: expected overview to be true or false, got 1
                    {"type": "watch", "devices": "a"}         | watch: expected devices to be a list of device ids
                    {"type": "watch", "points": [7]}          | watch: expected a device id in points, got 7
                    {"type": "watch", "points": ["a/b"]}      | device id: character 2 is not allowed
                    {"type": "watch", "deviecs": []}          | watch: there is no field deviecs
                    """)
    void a_wrong_message_is_refused_with_what_was_expected(String text, String detail) {
        assertThatThrownBy(() -> Watch.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(detail);
    }

    @Test
    void more_devices_than_allowed_are_refused() {
        String ids = String.join(",", Collections.nCopies(501, "\"a\""));

        assertThatThrownBy(() -> Watch.parse("{\"type\": \"watch\", \"devices\": [" + ids + "]}"))
                .hasMessage("watch: expected at most 500 devices, got 501");
    }
}
