package io.telltale.dashboard;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.telltale.dashboard.http.HttpSettings;
import io.telltale.dashboard.http.Routes;
import io.telltale.dashboard.live.LiveHub;
import io.telltale.dashboard.live.LiveSocket;
import io.telltale.dashboard.live.Overview;
import io.telltale.dashboard.source.Sources;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.SystemMaterializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The web server: API, live view, health, metrics and the web app. Thread-safe.
public final class Dashboard {
    private static final Logger log = LoggerFactory.getLogger(Dashboard.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(3);

    /// Listing, writing JSON and compressing are work for a processor; two threads leave the others to ingestion.
    private static final int WORKERS = 2;
    /// Requests that may wait for a worker; one more is answered with 503.
    private static final int MAX_WAITING = 256;

    private final ServerBinding binding;
    private final LiveHub hub;
    private final Cancellable ticks;
    private final ExecutorService workers;

    private Dashboard(ServerBinding binding, LiveHub hub, Cancellable ticks, ExecutorService workers) {
        this.binding = binding;
        this.hub = hub;
        this.ticks = ticks;
        this.workers = workers;
    }

    /// Binds the port and serves until [#close]. Fails with an [IllegalStateException] that names the setting when the
    /// port cannot be had.
    public static CompletionStage<Dashboard> start(
            ActorSystem<?> system,
            DashboardSettings settings,
            Sources sources,
            LiveHub hub,
            PrometheusMeterRegistry registry,
            InstantSource clock) {
        var workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().name("dashboard-worker-", 1).daemon().factory());
        var materializer = SystemMaterializer.get(system).materializer();
        Supplier<Overview> overview = () -> hub.overview(sources.store().get());
        var live = new LiveSocket(hub, settings.live(), overview, materializer);
        var routes = new Routes(settings.http(), hub, live, overview, sources, registry, clock, workers, materializer);

        return Http.get(system)
                .newServerAt(settings.http().host(), settings.http().port())
                .withSettings(serverSettings(system, settings))
                .bind(routes::answer)
                .handle((binding, failure) -> {
                    if (failure != null) {
                        workers.shutdown();
                        throw cannotListen(settings.http(), failure);
                    }
                    var ticks =
                            system.scheduler().scheduleAtFixedRate(TICK, TICK, hub::tick, system.executionContext());
                    var dashboard = new Dashboard(binding, hub, ticks, workers);
                    log.info("dashboard at http://{}:{}/", settings.http().host(), dashboard.port());
                    return dashboard;
                });
    }

    public int port() {
        return binding.localAddress().getPort();
    }

    /// Takes no more requests, lets running ones end, and says goodbye to the browsers.
    public CompletionStage<Done> close() {
        ticks.cancel();
        hub.close();
        return binding.terminate(CLOSE_DEADLINE).thenApply(terminated -> {
            workers.shutdown();
            return Done.getInstance();
        });
    }

    private static ServerSettings serverSettings(ActorSystem<?> system, DashboardSettings settings) {
        var defaults = ServerSettings.create(system.classicSystem());
        return defaults.withServerHeader(Optional.empty())
                .withWebsocketSettings(defaults.getWebsocketSettings()
                        .withPeriodicKeepAliveMaxIdle(settings.live().keepAlive()));
    }

    private static IllegalStateException cannotListen(HttpSettings http, Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String reason = cause.getCause() instanceof BindException bind ? bind.getMessage() : cause.getMessage();
        return new IllegalStateException(
                "telltale.dashboard.http.port: cannot listen on " + http.host() + ":" + http.port() + ": " + reason,
                cause);
    }
}
