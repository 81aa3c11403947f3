package io.telltale.simulator;

import io.telltale.simulator.fleet.FleetRun;
import io.telltale.simulator.fleet.FleetRun.Progress;
import io.telltale.simulator.scenario.Scenario;
import java.io.Console;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Shows how far a run is while it lasts: a bar on a terminal, elsewhere a line every 5 seconds. On standard
/// error.
final class ProgressDisplay {
    private static final long BAR_PERIOD_MILLIS = 250;
    private static final long LINE_PERIOD_MILLIS = 5_000;
    private static final long UNKNOWN = -1;

    private ProgressDisplay() {}

    /// Returns when the run has ended.
    static void show(FleetRun run, Scenario scenario) throws InterruptedException {
        boolean isTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        int connections = run.connections();
        if (!isTerminal) {
            watch(run, LINE_PERIOD_MILLIS, progress -> System.err.println(line(progress, connections)));
            return;
        }
        try (var bar = bar(scenario)) {
            watch(run, BAR_PERIOD_MILLIS, progress -> {
                bar.stepTo(progress.report().sent());
                bar.setExtraMessage(detail(progress, connections));
            });
        }
    }

    private static ProgressBar bar(Scenario scenario) {
        double messages = scenario.messages().orElse((double) UNKNOWN);
        return new ProgressBarBuilder()
                .setTaskName("simulate")
                .setStyle(ProgressBarStyle.ASCII)
                .setInitialMax(Math.round(messages))
                .setUpdateIntervalMillis((int) BAR_PERIOD_MILLIS)
                .showSpeed()
                .build();
    }

    private static void watch(FleetRun run, long periodMillis, Consumer<Progress> display) throws InterruptedException {
        while (!isOver(run, periodMillis)) {
            var progress = run.progress();
            CompletableFuture.anyOf(progress, run.ending())
                    .handle((any, failure) -> "settled")
                    .join();
            if (progress.isDone()) {
                display.accept(progress.join());
            }
        }
    }

    private static boolean isOver(FleetRun run, long periodMillis) throws InterruptedException {
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

    private static String line(Progress progress, int connections) {
        var report = progress.report();
        var elapsed = Duration.ofMillis(report.endMillis() - report.startMillis());
        return "%5d s  sent %,d  %s".formatted(elapsed.toSeconds(), report.sent(), detail(progress, connections));
    }

    private static String detail(Progress progress, int connections) {
        var report = progress.report();
        return switch (progress.phase()) {
            case CONNECTING -> "connected %,d of %,d".formatted(progress.connected(), connections);
            case SENDING, DRAINING, CLOSING, ENDED ->
                "acked %,d  waiting %,d  p99 %.1f ms"
                        .formatted(
                                report.acked(),
                                report.unacked() + report.unsent(),
                                report.latencyMillis().p99());
        };
    }
}
