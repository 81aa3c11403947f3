package io.telltale.server.bench;

import io.telltale.server.TelltaleServer;
import io.telltale.server.trial.FleetLedger;
import io.telltale.server.trial.Mosquitto;
import io.telltale.server.trial.PageWatcher;
import io.telltale.server.trial.ProcessSampler;
import io.telltale.server.trial.SimulatedFleet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Everything a run needs: a real server in a directory of its own, perhaps a broker, a page, fleets. One thread.
final class Stage implements AutoCloseable {
    /// Number of the first of the devices that a trouble adds.
    static final int PROBES_FROM = 900_001;

    private static final Path HOME = Path.of(System.getProperty("telltale.home", "."));
    private static final int WATCHED = 8;
    private static final int OK = 200;

    private final Load load;
    private final Path directory;
    private final List<String> sets;
    private final Optional<Mosquitto> broker;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Clock clock = Clock.systemUTC();
    private final ProcessSampler processes = new ProcessSampler();
    private final List<SimulatedFleet> fleets = new ArrayList<>();
    private final int watchedFrom;
    private TelltaleServer server;
    private PageWatcher page;

    Stage(Benchmark benchmark, Load load, Path directory, List<String> sets) throws IOException, InterruptedException {
        this.load = load;
        this.directory = directory;
        watchedFrom = benchmark.trouble().isSeenByProbes() ? PROBES_FROM : 1;
        broker = switch (benchmark.way) {
            case LISTENER -> Optional.empty();
            case MOSQUITTO -> Optional.of(new Mosquitto(Files.createDirectories(directory.resolve("mosquitto"))));
        };
        this.sets = new ArrayList<>();
        broker.ifPresent(b -> this.sets.add("telltale.gateway.brokers=tcp://127.0.0.1:" + b.port()));
        this.sets.addAll(benchmark.trouble().settings());
        this.sets.addAll(sets);
        server = start(0, 0);
        watchProcesses();
        page = new PageWatcher(server.httpPort(), watched(), load.warmUp(), clock);
    }

    Load load() {
        return load;
    }

    TelltaleServer server() {
        return server;
    }

    Optional<Mosquitto> broker() {
        return broker;
    }

    PageWatcher page() {
        return page;
    }

    ProcessSampler processes() {
        return processes;
    }

    /// What the server answers there.
    ///
    /// @throws IOException unless it is what was asked for
    String get(String path) throws IOException, InterruptedException {
        var address = URI.create("http://127.0.0.1:" + server.httpPort() + "/" + path);
        var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("GET " + address + ": " + answer.body());
        }
        return answer.body();
    }

    /// One of the server's own metrics.
    ///
    /// @param line what comes before the value in what it shows
    double metric(String line) throws IOException, InterruptedException {
        return get("metrics")
                .lines()
                .filter(each -> each.startsWith(line + " "))
                .mapToDouble(each -> Double.parseDouble(each.substring(line.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    long nowMillis() {
        return clock.millis();
    }

    /// The first that was sent.
    SimulatedFleet fleet() {
        return fleets.getFirst();
    }

    /// Starts a fleet beside those there are.
    SimulatedFleet send(Load ofFleet, List<String> options) {
        var all = new ArrayList<>(List.of(
                "--devices=" + ofFleet.devices(),
                "--rate=" + ofFleet.messagesPerSecond(),
                "--duration=" + ofFleet.duration().toMillis() + "ms",
                "--payload=smart-meter",
                "--drain=60s"));
        all.addAll(options);
        var fleet = SimulatedFleet.start(
                HOME,
                broker.map(Mosquitto::port).orElseGet(server::mqttPort),
                directory.resolve("ledger-" + fleets.size() + ".json"),
                all);
        fleets.add(fleet);
        processes.watch("generator" + (fleets.size() > 1 ? " " + fleets.size() : ""), fleet.pid());
        return fleet;
    }

    /// Waits for every fleet.
    FleetLedger ledger() throws InterruptedException {
        var ledger = fleet().await();
        for (var fleet : fleets.subList(1, fleets.size())) {
            ledger = ledger.and(fleet.await());
        }
        return ledger;
    }

    /// An orderly end and a start at the same ports.
    void restartServer() {
        int mqttPort = server.mqttPort();
        int httpPort = server.httpPort();
        page.close();
        server.close();
        server = start(mqttPort, httpPort);
        watchProcesses();
        page = new PageWatcher(httpPort, watched(), Duration.ZERO, clock);
    }

    private TelltaleServer start(int mqttPort, int httpPort) {
        return OwnServer.start(directory.resolve("data"), mqttPort, httpPort, sets);
    }

    private void watchProcesses() {
        processes.watch("server", ProcessHandle.current().pid());
        server.store().enginePid().ifPresent(pid -> processes.watch("clickhouse", pid));
    }

    private List<String> watched() {
        return meters(watchedFrom, Math.min(WATCHED, load.devices()));
    }

    static List<String> meters(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj("meter-%06d"::formatted)
                .toList();
    }

    @Override
    public void close() {
        fleets.forEach(SimulatedFleet::close);
        page.close();
        processes.close();
        server.close();
        broker.ifPresent(Mosquitto::close);
    }
}
