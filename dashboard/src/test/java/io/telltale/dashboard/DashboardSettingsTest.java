package io.telltale.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.telltale.dashboard.devices.DeviceIndex;
import io.telltale.dashboard.http.HttpSettings;
import io.telltale.dashboard.live.LiveSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardSettingsTest {
    @Test
    void the_defaults_are_these() {
        assertThat(settings(""))
                .isEqualTo(new DashboardSettings(
                        new HttpSettings(
                                "127.0.0.1",
                                8080,
                                Optional.empty(),
                                Set.of(),
                                "/web",
                                16,
                                Duration.ofSeconds(10),
                                new HttpSettings.Replay(1000, Duration.ofSeconds(15))),
                        new LiveSettings(200, Duration.ofMillis(20), 2000, 200, 131_072, Duration.ofSeconds(20)),
                        new DeviceIndex.Limits(1_000_000, 1000)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http.port = 70000           | telltale.dashboard.http.port: expected 0 to 65535, got 70000
                    live.frame-interval = 1 ms  | telltale.dashboard.live.frame-interval: expected 10 ms to 10000 ms, got 1 ms
                    http.web-root = web         | telltale.dashboard.http.web-root: expected a resource folder like /web, got web
                    http.user = admin           | telltale.dashboard.http.user: expected a name without ':' together with
                    """)
    void a_wrong_value_is_refused_by_name(String setting, String message) {
        assertThatThrownBy(() -> settings(setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void beyond_loopback_credentials_are_demanded() {
        assertThatThrownBy(() -> settings("http.host = 0.0.0.0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "telltale.dashboard.http.host",
                        "telltale.dashboard.http.user",
                        "telltale.dashboard.http.password");

        assertThat(settings("http { host = 0.0.0.0, user = admin, password = secret }")
                        .http()
                        .credentials())
                .isPresent();
    }

    @Test
    void a_password_is_not_printed() {
        assertThat(settings("http { user = admin, password = secret77 }").toString())
                .doesNotContain("secret77");
    }

    static DashboardSettings settings(String overrides) {
        return DashboardSettings.from(ConfigFactory.parseString("telltale.dashboard {" + overrides + "}")
                .withFallback(ConfigFactory.parseResources("reference.conf"))
                .resolve());
    }
}
