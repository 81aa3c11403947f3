package io.telltale.simulator.scenario;

import com.typesafe.config.ConfigFactory;

/// Scenarios for tests, from text.
public final class Scenarios {
    private Scenarios() {}

    public static Scenario parse(String text) {
        return ScenarioFile.read(() -> ConfigFactory.parseString(text));
    }
}
