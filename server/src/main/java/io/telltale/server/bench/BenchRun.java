package io.telltale.server.bench;

import io.telltale.server.trial.Reckoning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// One run of a benchmark.
final class BenchRun {
    private static final int CATCH_UP_TRIES = 120;

    private final Benchmark benchmark;
    private final Load load;
    private final Path directory;
    private final List<String> sets;

    BenchRun(Benchmark benchmark, Load load, Path directory, List<String> sets) {
        this.benchmark = benchmark;
        this.load = load;
        this.directory = directory;
        this.sets = sets;
    }

    BenchResult run() throws IOException, InterruptedException {
        try (var stage = new Stage(benchmark, load, directory, sets)) {
            var trouble = benchmark.trouble();
            var options = new ArrayList<>(trouble.fleetOptions(load));
            options.add("--warm-up=" + load.warmUp().toMillis() + "ms"); // fleets that come later meet a warm server
            stage.send(load, options);
            var found = trouble.befall(stage);
            return result(stage, found);
        }
    }

    private BenchResult result(Stage stage, Map<String, Double> found) throws InterruptedException {
        var ledger = stage.ledger();
        stage.processes().close(); // what follows is the reckoning
        var reckoning = Reckoning.of(ledger, stage.server());
        // A broker acks before we have it: give the lanes time to catch up.
        for (int tries = 0; stage.broker().isPresent() && reckoning.lost() > 0 && tries < CATCH_UP_TRIES; tries++) {
            TimeUnit.MILLISECONDS.sleep(500);
            reckoning = Reckoning.of(ledger, stage.server());
        }
        return new BenchResult(
                benchmark.name().toLowerCase(Locale.ROOT),
                Machine.here(),
                load.duration().toMillis() / 1000.0,
                load.devices(),
                load.messagesPerSecond(),
                ledger.messagesPerSecond(),
                ledger.messagesPerSecond() * ledger.points() / Math.max(1, ledger.acked()),
                reckoning.sent(),
                reckoning.acked(),
                reckoning.stored(),
                reckoning.lost(),
                reckoning.unexplained(),
                ledger.reconnects(),
                new TreeMap<>(ledger.ackMillis()),
                new TreeMap<>(ledger.coldAckMillis()),
                quantiles(stage.page().ageMillis()),
                stage.page().skipped(),
                stage.processes().heapQuartersMib(),
                stage.processes().residentQuartersMib(List.of("server", "clickhouse")),
                stage.processes().busyCores(),
                found);
    }

    private static Map<String, Double> quantiles(Histogram millis) {
        var all = new TreeMap<String, Double>();
        all.put("p50", (double) millis.getValueAtPercentile(50));
        all.put("p90", (double) millis.getValueAtPercentile(90));
        all.put("p99", (double) millis.getValueAtPercentile(99));
        all.put("p999", (double) millis.getValueAtPercentile(99.9));
        all.put("max", (double) millis.getMaxValue());
        all.put("count", (double) millis.getTotalCount());
        return all;
    }
}
