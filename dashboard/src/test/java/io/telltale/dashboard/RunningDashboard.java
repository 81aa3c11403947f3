package io.telltale.dashboard;

import com.typesafe.config.ConfigFactory;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.Found;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Series;
import io.telltale.dashboard.devices.DeviceIndex;
import io.telltale.dashboard.live.LiveHub;
import io.telltale.dashboard.source.DeadLetters;
import io.telltale.dashboard.source.FeedbackBook;
import io.telltale.dashboard.source.Sources;
import io.telltale.dashboard.source.StoreState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A dashboard on a free port with a store that a test can script; as an extension it ends after the tests of its
/// class.
final class RunningDashboard implements AutoCloseable, AfterAllCallback {
    static final StoreState STORE =
            new StoreState(false, 7, 1_732_170_000_000L, 42, new StoreState.Audit(2, 1000, 1_732_170_000_001L));

    volatile Function<Series.Query, CompletionStage<Series>> series = query -> never();
    volatile Function<Found.Query, CompletionStage<Found<Anomaly>>> anomalies = query -> never();
    volatile DeadLetters.Search search = (filter, page) -> never();
    volatile DeadLetters.Lookup lookup = ids -> never();
    volatile DeadLetters.Tally tally = filter -> never();
    volatile DeadLetters.ReplayDoor replayDoor = letters -> never();
    volatile FeedbackBook.Pen pen = feedback -> never();
    volatile FeedbackBook.Search said = (device, from, to) -> never();
    volatile Supplier<StoreState> store = () -> STORE;
    volatile boolean storeReady = true;

    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final LiveHub hub;
    final ActorSystem<?> system;
    private final Dashboard dashboard;
    private final HttpClient client = HttpClient.newHttpClient();

    /// @param overrides of settings below `telltale.dashboard`
    RunningDashboard(String overrides, InstantSource clock) {
        var settings = DashboardSettingsTest.settings("http { port = 0, web-root = /testweb }\n" + overrides);
        system = ActorSystem.create(Behaviors.empty(), "dashboard-test", ConfigFactory.load());
        hub = new LiveHub(new DeviceIndex(settings.limits(), clock, registry), settings.live(), clock, registry);
        var sources = new Sources(
                query -> series.apply(query),
                query -> anomalies.apply(query),
                new DeadLetters(
                        (filter, page) -> search.find(filter, page),
                        ids -> lookup.find(ids),
                        filter -> tally.count(filter),
                        letters -> replayDoor.replay(letters)),
                new FeedbackBook(feedback -> pen.say(feedback), (device, from, to) -> said.find(device, from, to)),
                () -> store.get(),
                Map.of("store", () -> storeReady, "line", () -> true));
        try {
            dashboard = Dashboard.start(system, settings, sources, hub, registry, clock)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            system.terminate();
            throw failed;
        }
    }

    int port() {
        return dashboard.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    void hears(Outcome... outcomes) {
        run(List.of(outcomes), false);
    }

    void sweeps(Outcome... outcomes) {
        run(List.of(outcomes), true);
    }

    HttpResponse<String> get(String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> post(String path, String json, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        dashboard.close().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
        client.shutdownNow();
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void run(List<Outcome> outcomes, boolean sweep) {
        Source.from(outcomes)
                .map(outcome -> Pair.create(outcome, NotUsed.getInstance()))
                .asSourceWithContext(Pair::second)
                .map(Pair::first)
                .via(sweep ? hub.<NotUsed>tapSweep() : hub.<NotUsed>tap())
                .runWith(Sink.ignore(), system)
                .toCompletableFuture()
                .join();
    }

    private static <T> CompletionStage<T> never() {
        return new CompletableFuture<>();
    }
}
