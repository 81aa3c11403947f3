package io.telltale.devices;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.telltale.analytics.anomaly.Detection;
import io.telltale.analytics.anomaly.Limits;
import io.telltale.analytics.window.WindowSettings;
import io.telltale.devices.state.DeviceRules;
import io.telltale.devices.state.DeviceTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceSettingsTest {
    @Test
    void the_defaults_are_pinned() {
        assertThat(settings(""))
                .isEqualTo(new DeviceSettings(
                        new DeviceRules(
                                new WindowSettings(
                                        List.of(ofSeconds(10), ofMinutes(1), ofHours(1)), ofSeconds(30), 4096),
                                1000,
                                ofSeconds(15),
                                ofMinutes(2),
                                ofMinutes(10),
                                ofMinutes(30),
                                ofMinutes(1),
                                ofMinutes(1),
                                new Detection(0.03),
                                Map.of(),
                                new DeviceTypes(List.of(), ofMinutes(1))),
                        ofSeconds(1),
                        ofSeconds(30),
                        ofMinutes(10),
                        65_536,
                        ofMillis(200),
                        ofSeconds(5),
                        100));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allowed-lateness = 2 d | telltale.devices.allowed-lateness: expected 0 ms to 86400000 ms, got"
                        + " 172800000 ms",
                "shards = 0             | telltale.devices.shards: expected 1 to 10000, got 0",
                "offline-after = 1 m    | telltale.devices.offline-after: expected 120001 ms to",
                "windows = [10 s, 15 s] | telltale.devices.windows: widths: expected ascending whole multiples",
                "detection.false-alarms-per-day = 0 | telltale.devices.detection.false-alarms-per-day: expected more"
                        + " than 0, at most 1000, got 0.0",
                "peers-every = 0 s | telltale.devices.peers-every: expected 1000 ms to 86400000 ms, got 0 ms",
                "types = [{name = pumps, ids = \"\"}] | telltale.devices.types: expected a name and ids, got 'pumps'"
                        + " and ''",
                "recovery-backoff-max = 100 ms | telltale.devices.recovery-backoff-max: expected at least"
                        + " recovery-backoff-min",
            })
    void a_refusal_names_the_key_the_value_and_what_was_expected(String setting, String message) {
        assertThatThrownBy(() -> settings(setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void a_limit_may_leave_bounds_out() {
        var limits =
                settings("limits = [{metric = temperature, max = 85}]").rules().limits();

        assertThat(limits)
                .containsExactly(
                        Map.entry("temperature", new Limits(Double.NEGATIVE_INFINITY, 85, Double.POSITIVE_INFINITY)));
    }

    private static DeviceSettings settings(String own) {
        return DeviceSettings.from(
                ConfigFactory.parseString("telltale.devices { " + own + " }").withFallback(ConfigFactory.load()));
    }
}
