package io.telltale.simulator;

import io.telltale.simulator.check.Checks;
import io.telltale.simulator.fleet.FleetRun;
import io.telltale.simulator.fleet.FleetRun.Progress;
import io.telltale.simulator.scenario.Scenario;
import java.io.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Shows how far a run is while it lasts: a view that is drawn over on a terminal, elsewhere a line every 5
/// seconds. On standard error.
final class ProgressDisplay {
    private static final long VIEW_PERIOD_MILLIS = 500;
    private static final long LINE_PERIOD_MILLIS = 5_000;
    /// ECMA-48: up some lines; erase to the end of the line, of the display.
    private static final String INTRODUCER = "\033[";

    private static final String ERASE_LINE = "\033[K";
    private static final String ERASE_REST = "\033[J";

    private final FleetRun run;
    private final Checks checks;
    private final LiveView view;
    private int drawn;

    private ProgressDisplay(FleetRun run, Scenario scenario, Checks checks) {
        this.run = run;
        this.checks = checks;
        this.view = new LiveView(scenario, run.connections());
    }

    /// Returns when the run has ended.
    static void show(FleetRun run, Scenario scenario, Checks checks) throws InterruptedException {
        var display = new ProgressDisplay(run, scenario, checks);
        boolean isTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        if (isTerminal) {
            display.watch(VIEW_PERIOD_MILLIS, display::draw);
        } else {
            display.watch(LINE_PERIOD_MILLIS, progress -> System.err.println(display.view.line(progress)));
        }
    }

    private void draw(Progress progress) {
        var lines = view.lines(progress, checks.sight(), faults());
        var text = new StringBuilder();
        if (drawn > 0) {
            text.append(INTRODUCER).append(drawn).append('A');
        }
        lines.forEach(line -> text.append(line).append(ERASE_LINE).append('\n'));
        System.err.print(text.append(ERASE_REST));
        System.err.flush();
        drawn = lines.size();
    }

    private Map<String, Long> faults() {
        var faults = new LinkedHashMap<String, Long>();
        run.labels().counts().forEach((kind, count) -> faults.put(kind.name(), count));
        return faults;
    }

    private void watch(long periodMillis, Consumer<Progress> display) throws InterruptedException {
        while (!isOver(periodMillis)) {
            var progress = run.progress();
            CompletableFuture.anyOf(progress, run.ending())
                    .handle((any, failure) -> "settled")
                    .join();
            if (progress.isDone()) {
                display.accept(progress.join());
            }
        }
    }

    private boolean isOver(long periodMillis) throws InterruptedException {
        try {
            run.ending().get(periodMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            // Whoever waits for the ending says so.
            return true;
        }
    }
}
