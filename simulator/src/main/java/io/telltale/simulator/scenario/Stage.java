package io.telltale.simulator.scenario;

import java.time.Duration;
import java.util.List;

/// A part of a run, over which the load changes evenly from one multiple of the devices' own rates to another.
public record Stage(String name, Duration lasts, double loadFrom, double loadTo) {
    private static final double MAX_LOAD = 1_000_000;

    static Stage read(Section in) {
        var name = in.requiredText("name");
        var lasts = in.requiredDuration("for");
        var ends = in.fromTo("load", 0, MAX_LOAD).orElse(List.of(1.0, 1.0));
        return new Stage(name, lasts, ends.get(0), ends.get(1));
    }

    Stage scaled(double factor) {
        return new Stage(name, Event.scaled(lasts, factor), loadFrom, loadTo);
    }

    /// How many seconds of the plain rate it holds.
    public double workSeconds() {
        return (loadFrom + loadTo) / 2 * lasts.toNanos() / 1e9;
    }
}
