package io.telltale.simulator.fleet;

import io.telltale.simulator.scenario.Scenario;
import io.telltale.simulator.scenario.Stage;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Stages bend time: where the load is 2, twice the plain time's messages are due in it. So messages are
/// planned in plain time, and this says when that is. Within a stage the load is a straight line, so the plain
/// time is a parabola.
final class Pace {
    private static final long NEVER = Long.MAX_VALUE;

    private final List<String> names;
    private final long[] endNanos;
    private final double[] loadFrom;
    private final double[] loadTo;
    /// Plain time at the end of each stage.
    private final double[] endPlain;

    private Pace(List<Stage> stages) {
        names = stages.stream().map(Stage::name).toList();
        endNanos = new long[stages.size()];
        loadFrom = new double[stages.size()];
        loadTo = new double[stages.size()];
        endPlain = new double[stages.size()];
        long end = 0;
        double plain = 0;
        for (int i = 0; i < endNanos.length; i++) {
            var stage = stages.get(i);
            end += stage.lasts().toNanos();
            plain += stage.workSeconds() * TimeUnit.SECONDS.toNanos(1);
            endNanos[i] = end;
            endPlain[i] = plain;
            loadFrom[i] = stage.loadFrom();
            loadTo[i] = stage.loadTo();
        }
    }

    static Pace of(Scenario scenario) {
        return new Pace(scenario.stages());
    }

    /// When so much plain time is over, both from the beginning; never, if the stages end before.
    long nanos(double plainNanos) {
        if (endNanos.length == 0) {
            return (long) plainNanos;
        }
        int stage = 0;
        while (endPlain[stage] <= plainNanos) {
            if (++stage == endPlain.length) {
                return NEVER;
            }
        }
        long from = stage == 0 ? 0 : endNanos[stage - 1];
        double rest = plainNanos - (stage == 0 ? 0 : endPlain[stage - 1]);
        double load = loadFrom[stage];
        double slope = (loadTo[stage] - load) / (endNanos[stage] - from);
        // The root of slope / 2 t^2 + load t = rest, in the form that knows no division by a slope of 0.
        double root = Math.sqrt(Math.max(0, load * load + 2 * slope * rest));
        return rest == 0 && load == 0 ? from : from + (long) (2 * rest / (load + root));
    }

    /// At least one.
    List<String> stageNames() {
        return names.isEmpty() ? List.of("all") : names;
    }

    /// The last is beyond all.
    long[] stageEndNanos() {
        return endNanos.length == 0 ? new long[] {NEVER} : endNanos.clone();
    }
}
