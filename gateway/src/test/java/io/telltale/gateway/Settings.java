package io.telltale.gateway;

import com.typesafe.config.ConfigFactory;

/// Settings for tests: the defaults on any free port, and what the test says.
public final class Settings {
    private Settings() {}

    public static GatewaySettings with(String settings) {
        return GatewaySettings.from(ConfigFactory.parseString("telltale.gateway { mqtt.port = 0, " + settings + "\n}")
                .withFallback(ConfigFactory.defaultReference()));
    }
}
