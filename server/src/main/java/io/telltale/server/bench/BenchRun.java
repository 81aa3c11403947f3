package io.telltale.server.bench;

import com.typesafe.config.Config;
import io.telltale.server.ServerSettings;
import io.telltale.server.TelltaleServer;
import io.telltale.server.settings.SettingSources;
import io.telltale.server.trial.MemorySampler;
import io.telltale.server.trial.Mosquitto;
import io.telltale.server.trial.PageWatcher;
import io.telltale.server.trial.Reckoning;
import io.telltale.server.trial.SimulatedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/// One run of a benchmark: a real server on free ports and a directory of its own, a fleet in a process beside it, one
/// open page.
final class BenchRun {
    private static final int WATCHED = 8;
    private static final double RESTART_AT = 0.4;

    private final Benchmark benchmark;
    private final double rate;
    private final int devices;
    private final Duration duration;
    private final Path directory;
    private final List<String> sets;

    BenchRun(Benchmark benchmark, double rate, int devices, Duration duration, Path directory, List<String> sets) {
        this.benchmark = benchmark;
        this.rate = rate;
        this.devices = devices;
        this.duration = duration;
        this.directory = directory;
        this.sets = sets;
    }

    BenchResult run() throws IOException, InterruptedException {
        return switch (benchmark.way) {
            case LISTENER -> measure(Optional.empty());
            case MOSQUITTO -> {
                try (var broker = new Mosquitto(Files.createDirectories(directory.resolve("mosquitto")))) {
                    yield measure(Optional.of(broker));
                }
            }
        };
    }

    private BenchResult measure(Optional<Mosquitto> broker) throws IOException, InterruptedException {
        try (var server = TelltaleServer.start(ServerSettings.from(settings(broker)));
                var memory = new MemorySampler(pids(server));
                var page = new PageWatcher(server.httpPort(), watched(), Clock.systemUTC());
                var fleet = SimulatedFleet.start(
                        Path.of(System.getProperty("telltale.home", ".")),
                        broker.map(Mosquitto::port).orElseGet(server::mqttPort),
                        directory.resolve("ledger.json"),
                        List.of(
                                "--devices=" + devices,
                                "--rate=" + rate,
                                "--duration=" + duration.toMillis() + "ms",
                                "--payload=smart-meter",
                                "--drain=60s"))) {
            if (broker.isPresent()) {
                TimeUnit.MILLISECONDS.sleep((long) (RESTART_AT * duration.toMillis()));
                broker.get().restart();
            }
            return settle(server, memory, page, fleet, broker.isPresent());
        }
    }

    private BenchResult settle(
            TelltaleServer server, MemorySampler memory, PageWatcher page, SimulatedFleet fleet, boolean viaBroker)
            throws InterruptedException {
        var ledger = fleet.await();
        var reckoning = Reckoning.of(
                ledger,
                server.store()
                        .storedSince(ledger.startMillis())
                        .toCompletableFuture()
                        .join());
        // The broker acks before we have it: give the lanes time to catch up.
        for (int waits = 0; viaBroker && reckoning.lost() > 0 && waits < 120; waits++) {
            TimeUnit.MILLISECONDS.sleep(500);
            reckoning = Reckoning.of(
                    ledger,
                    server.store()
                            .storedSince(ledger.startMillis())
                            .toCompletableFuture()
                            .join());
        }
        return new BenchResult(
                benchmark.name().toLowerCase(Locale.ROOT),
                Machine.here(),
                duration.toMillis() / 1000.0,
                devices,
                rate,
                ledger.messagesPerSecond(),
                ledger.messagesPerSecond() * ledger.points() / Math.max(1, ledger.acked()),
                reckoning.sent(),
                reckoning.acked(),
                reckoning.stored(),
                reckoning.lost(),
                reckoning.unexplained(),
                ledger.reconnects(),
                new TreeMap<>(ledger.ackMillis()),
                quantiles(page.ageMillis()),
                page.skipped(),
                memory.heapQuartersMib(),
                memory.residentQuartersMib());
    }

    private Config settings(Optional<Mosquitto> broker) {
        var all = new ArrayList<>(List.of(
                "telltale.data-dir=" + directory.resolve("data"),
                "telltale.gateway.mqtt.port=0",
                "telltale.dashboard.http.port=0",
                "telltale.storage.clickhouse.port=0"));
        broker.ifPresent(b -> all.add("telltale.gateway.brokers=tcp://127.0.0.1:" + b.port()));
        all.addAll(sets);
        return new SettingSources().load(Optional.empty(), all, System.getenv());
    }

    private static long[] pids(TelltaleServer server) {
        long self = ProcessHandle.current().pid();
        return server.store().enginePid().stream()
                .flatMap(engine -> LongStream.of(self, engine))
                .toArray();
    }

    private List<String> watched() {
        return IntStream.rangeClosed(1, Math.min(WATCHED, devices))
                .mapToObj("meter-%06d"::formatted)
                .toList();
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

    /// Removes what a run left.
    static void delete(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
