package io.telltale.simulator.scenario;

/// A scenario says something that cannot be. The message names file, line, key and value, and what was expected.
public final class ScenarioException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public ScenarioException(String message) {
        super(message);
    }
}
