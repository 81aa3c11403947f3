package io.telltale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {

    @Test
    void the_defaults_are_these() {
        var settings = GatewaySettings.from(ConfigFactory.defaultReference());

        assertThat(settings.mqtt())
                .isEqualTo(new GatewaySettings.Mqtt(true, "127.0.0.1", 1883, 1, Duration.ofSeconds(10)));
        assertThat(settings.payload()).isEqualTo(new GatewaySettings.Payload(64 << 10, 10_000, Duration.ofMinutes(5)));
        assertThat(settings.window()).isEqualTo(131_072);
        assertThat(settings.connectionWindow()).isEqualTo(256);
        assertThat(settings.maxPacketBytes()).isEqualTo(1 << 20);
        assertThat(settings.maxConnections()).isEqualTo(50_000);
        assertThat(settings.credentials()).isEmpty();
        assertThat(settings.brokers()).isEmpty();
        assertThat(settings.lanesPerBroker()).isEqualTo(1);
        assertThat(settings.lane().credentials()).isEmpty();
        assertThat(settings.ackDeadline()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mqtt.port = 70000 | telltale.gateway.mqtt.port: expected 0 to 65535, got 70000",
                "window = 0 | telltale.gateway.window: expected 1 to 1048576, got 0",
                "max-packet = 1 KiB | telltale.gateway.max-packet: expected 65536 to 268435456 bytes, got 1024",
                "brokers = [\"host:1883\"] | telltale.gateway.brokers: expected tcp://host:port or ssl://host:port, got host:1883",
                "brokers = [\"tcp://host:1883?a=b\"] | telltale.gateway.brokers: expected tcp://host:port or ssl://host:port, got tcp://host:1883?a=b",
                "brokers = [\"tcp://ho st\"] | telltale.gateway.brokers: expected tcp://host:port or ssl://host:port, got tcp://ho st",
                "brokers = [\"tcp://me:secret@host:1883\"] | telltale.gateway.brokers: expected user and password in telltale.gateway.lane, got an @",
                "lane.client-id-prefix = \"a/b\" | telltale.gateway.lane.client-id-prefix: expected 1 to 64 of A-Z a-z 0-9 _ . -, got a/b",
                "mqtt.host = 0.0.0.0 | telltale.gateway.mqtt.host: expected a loopback address unless telltale.gateway.credentials has at least one user, got 0.0.0.0",
            })
    void what_cannot_be_is_refused_by_its_name(String setting, String message) {
        var config = ConfigFactory.parseString("telltale.gateway { " + setting + " }")
                .withFallback(ConfigFactory.defaultReference());

        assertThatThrownBy(() -> GatewaySettings.from(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void a_password_never_shows() {
        var settings = Settings.with("""
                credentials = [{ username = "meter", password = "secret" }]
                mqtt.host = "0.0.0.0"
                lane { username = "lane", password = "secret" }
                """);

        assertThat(settings.toString()).contains("meter", "lane").doesNotContain("secret");
    }
}
