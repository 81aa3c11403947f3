package io.telltale.dashboard.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.telltale.dashboard.json.Json;
import io.telltale.dashboard.live.LiveHub;
import io.telltale.dashboard.live.LiveSocket;
import io.telltale.dashboard.live.Overview;
import io.telltale.dashboard.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.stream.Materializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every path the server answers. What takes time runs on the worker threads, never on those that carry connections.
public final class Routes {
    private static final Logger log = LoggerFactory.getLogger(Routes.class);
    private static final ContentType METRICS = ContentTypes.parse("text/plain; version=0.0.4; charset=UTF-8");

    /// The ids of as many letters as may be replayed at once fit well.
    private static final long MAX_BODY_BYTES = 1 << 20;

    private static final Duration BODY_DEADLINE = Duration.ofSeconds(5);

    private final Gate gate;
    private final Api api;
    private final WebFiles files;
    private final LiveHub hub;
    private final LiveSocket live;
    private final Sources sources;
    private final PrometheusMeterRegistry registry;
    private final Executor workers;
    private final Materializer materializer;
    private final byte[] openApi = resource("/openapi.json");

    public Routes(
            HttpSettings settings,
            LiveHub hub,
            LiveSocket live,
            Supplier<Overview> overview,
            Sources sources,
            PrometheusMeterRegistry registry,
            InstantSource clock,
            Executor workers,
            Materializer materializer) {
        this.hub = hub;
        this.live = live;
        this.sources = sources;
        this.registry = registry;
        this.workers = workers;
        this.materializer = materializer;
        gate = new Gate(settings);
        files = new WebFiles(settings.webRoot());
        var queries = new StoreQueries(settings);
        var replays = new Replays(sources.deadLetters().replayDoor(), settings.replay(), registry);
        var letters = new LetterApi(sources.deadLetters(), queries, replays, clock);
        var feedback = new FeedbackApi(sources.feedback(), queries, clock);
        api = new Api(hub.index(), overview, sources, queries, letters, feedback, clock);
        Gauge.builder("telltale.dashboard.queries.running", queries, StoreQueries::running)
                .description("Questions to the store that are not answered yet")
                .register(registry);
    }

    public CompletionStage<HttpResponse> answer(HttpRequest request) {
        var sample = Timer.start(registry);
        CompletionStage<HttpResponse> answer;
        try {
            answer = route(request);
        } catch (RuntimeException failure) {
            answer = CompletableFuture.failedStage(failure);
        }
        return answer.exceptionally(failure -> Answers.problem(problem(request, failure)))
                .thenApply(response -> {
                    request.discardEntityBytes(materializer);
                    sample.stop(registry.timer(
                            "telltale.dashboard.http.requests",
                            "status",
                            Integer.toString(response.status().intValue())));
                    return response;
                });
    }

    private CompletionStage<HttpResponse> route(HttpRequest request) {
        gate.refusal(request).ifPresent(problem -> {
            throw problem.refusal();
        });
        var path = segments(request);
        if (request.method().equals(HttpMethods.POST) && path.getFirst().equals("api")) {
            return command(request, belowVersion(path));
        }
        if (!request.method().equals(HttpMethods.GET) && !request.method().equals(HttpMethods.HEAD)) {
            throw Problem.methodNotAllowed("GET, HEAD", request);
        }
        return switch (path.getFirst()) {
            case "api" -> api(request, path);
            case "health" -> CompletableFuture.completedStage(health(request, path));
            case "metrics" -> onWorker(() -> metrics(request, path));
            default -> onWorker(() -> files.answer(request, String.join("/", path)));
        };
    }

    private CompletionStage<HttpResponse> api(HttpRequest request, List<String> path) {
        var below = belowVersion(path);
        if (below.equals(List.of("live"))) {
            return CompletableFuture.completedStage(live(request));
        }
        if (below.equals(List.of("openapi.json"))) {
            return onWorker(() ->
                    Answers.body(request, StatusCodes.OK, ContentTypes.APPLICATION_JSON, openApi, Answers.NO_STORE));
        }
        return answer(request, onWorker(() -> api.answer(request, below)));
    }

    /// Demands JSON: a form of another origin cannot send it without asking first.
    private CompletionStage<HttpResponse> command(HttpRequest request, List<String> below) {
        if (!request.entity().getContentType().mediaType().equals(MediaTypes.APPLICATION_JSON)) {
            throw new Problem(
                            StatusCodes.UNSUPPORTED_MEDIA_TYPE,
                            "Content-Type: expected application/json, got "
                                    + request.entity().getContentType())
                    .refusal();
        }
        return request.entity()
                .toStrict(BODY_DEADLINE.toMillis(), MAX_BODY_BYTES, materializer)
                .exceptionally(failure -> {
                    throw new Problem(
                                    StatusCodes.CONTENT_TOO_LARGE,
                                    "body: expected at most " + MAX_BODY_BYTES + " bytes within " + BODY_DEADLINE)
                            .refusal();
                })
                .thenCompose(body -> answer(
                        request,
                        onWorker(
                                () -> api.perform(request, below, body.getData().toArray()))));
    }

    private CompletionStage<HttpResponse> answer(
            HttpRequest request, CompletionStage<CompletionStage<Json.Document>> document) {
        return document.thenCompose(found -> found)
                .thenApplyAsync((Json.Document found) -> Answers.json(request, StatusCodes.OK, found), workers);
    }

    private static List<String> belowVersion(List<String> path) {
        if (path.size() < 3 || !path.get(1).equals("v1")) {
            throw Problem.notFound("there is no such API; see /api/v1/openapi.json");
        }
        return path.subList(2, path.size());
    }

    private HttpResponse live(HttpRequest request) {
        var upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade)
                .orElseThrow(() -> Problem.badRequest("expected a WebSocket handshake"));
        if (!hub.hasRoom()) {
            throw Problem.unavailable("as many browsers are connected as telltale.dashboard.live.max-sessions allows");
        }
        return upgrade.handleMessagesWith(live.messages());
    }

    /// At once: a probe must not wait behind those who look at lists.
    private HttpResponse health(HttpRequest request, List<String> path) {
        var health = switch (String.join("/", path)) {
            case "health/live" -> Health.of(Map.of("process", () -> true));
            case "health/ready" -> Health.of(sources.readiness());
            default -> throw Problem.notFound("expected /health/live or /health/ready");
        };
        return Answers.json(request, health.isUp() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE, health);
    }

    private HttpResponse metrics(HttpRequest request, List<String> path) {
        if (path.size() > 1) {
            throw Problem.notFound("expected /metrics");
        }
        byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
        return Answers.body(request, StatusCodes.OK, METRICS, text, Answers.NO_STORE);
    }

    private <T> CompletionStage<T> onWorker(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, workers);
    }

    private static Problem problem(HttpRequest request, Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case Problem.Refusal refusal -> refusal.problem();
            case RejectedExecutionException full ->
                new Problem(StatusCodes.SERVICE_UNAVAILABLE, "too many requests are waiting; ask again in a moment");
            default -> {
                log.error(
                        "{} {} failed",
                        request.method().value(),
                        request.getUri().path(),
                        cause);
                yield new Problem(StatusCodes.INTERNAL_SERVER_ERROR, "a fault of the server; its log says more");
            }
        };
    }

    /// Decoded; at least one, and the last may be empty.
    private static List<String> segments(HttpRequest request) {
        var segments = new ArrayList<String>();
        request.getUri().pathSegments().forEach(segments::add);
        return segments.isEmpty() ? List.of("") : segments;
    }

    private static byte[] resource(String name) {
        try (var in = Routes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the class path has no " + name);
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
