package io.telltale.dashboard.http;

import io.telltale.analytics.anomaly.ExpectedBand;
import io.telltale.analytics.model.Found;
import io.telltale.analytics.model.Presence;
import io.telltale.analytics.model.Series;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.dashboard.devices.DeviceIndex;
import io.telltale.dashboard.devices.DeviceListing;
import io.telltale.dashboard.devices.DeviceListing.Sort;
import io.telltale.dashboard.json.DeviceJson;
import io.telltale.dashboard.json.EventJson;
import io.telltale.dashboard.json.Json;
import io.telltale.dashboard.json.SeriesJson;
import io.telltale.dashboard.live.Overview;
import io.telltale.dashboard.source.Sources;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// `/api/v1`: reads a request, asks the index or the store, and says what to write.
final class Api {
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final int MAX_PAGE_SIZE = 500;

    /// What may stand in the place of a letter's id.
    private static final Set<String> LETTER_WORDS = Set.of("reasons", "replay");
    private static final Map<String, Optional<Presence>> STATUSES = statuses();
    private static final Map<String, Sort> SORTS = sorts();
    private static final Map<String, Boolean> YES_OR_NO = Map.of("true", true, "false", false);

    private final DeviceIndex index;
    private final Supplier<Overview> overview;
    private final Sources sources;
    private final StoreQueries store;
    private final LetterApi letters;
    private final FeedbackApi feedback;
    private final InstantSource clock;

    Api(
            DeviceIndex index,
            Supplier<Overview> overview,
            Sources sources,
            StoreQueries store,
            LetterApi letters,
            FeedbackApi feedback,
            InstantSource clock) {
        this.index = index;
        this.overview = overview;
        this.sources = sources;
        this.store = store;
        this.letters = letters;
        this.feedback = feedback;
        this.clock = clock;
    }

    /// @param path segments below `/api/v1`
    /// @throws Problem.Refusal when there is nothing to answer; the stage may fail with it too
    CompletionStage<Json.Document> answer(HttpRequest request, List<String> path) {
        return switch (route(path)) {
            case "overview" -> overview(request);
            case "devices" -> devices(new Parameters(request, List.of("query", "status", "sort", "page", "size")));
            case "devices/{id}" -> device(request, path.get(1));
            case "devices/{id}/series" ->
                series(new Parameters(request, List.of("metric", "from", "to", "points", "band")), path.get(1));
            case "anomalies" -> anomalies(new Parameters(request, List.of("device", "from", "to", "offset", "limit")));
            case "feedback" -> feedback.list(request);
            case "dead-letters" -> letters.list(request);
            case "dead-letters/reasons" -> letters.reasons(request);
            case "dead-letters/{id}" -> letters.letter(request, path.get(1));
            case "dead-letters/replay", "dead-letters/{id}/replay" -> throw Problem.methodNotAllowed("POST", request);
            default -> throw unknown(path);
        };
    }

    /// Does what a request asks for.
    ///
    /// @param body of a request whose content type is JSON
    CompletionStage<Json.Document> perform(HttpRequest request, List<String> path, byte[] body) {
        return switch (route(path)) {
            case "feedback" -> feedback.say(request, body);
            case "dead-letters/replay" -> letters.replayMany(request, body);
            case "dead-letters/{id}/replay" -> letters.replayOne(request, path.get(1));
            default -> throw Problem.methodNotAllowed("GET, HEAD", request);
        };
    }

    /// The path with the id, if it has one, taken out.
    private static String route(List<String> path) {
        if (path.size() < 2 || isNamed(path)) {
            return String.join("/", path);
        }
        var route = new ArrayList<>(path);
        route.set(1, "{id}");
        return String.join("/", route);
    }

    private static boolean isNamed(List<String> path) {
        return path.size() == 2 && path.getFirst().equals("dead-letters") && LETTER_WORDS.contains(path.get(1));
    }

    private CompletionStage<Json.Document> overview(HttpRequest request) {
        Parameters.refuseAll(request);
        return CompletableFuture.completedStage(overview.get());
    }

    private CompletionStage<Json.Document> devices(Parameters parameters) {
        int page = parameters.whole("page", 1, Integer.MAX_VALUE, 1);
        int size = parameters.whole("size", 1, MAX_PAGE_SIZE, 50);
        var request = new DeviceListing.Request(
                parameters.text("query", 128).orElse(""),
                parameters.choice("status", STATUSES, Optional.empty()),
                parameters.choice("sort", SORTS, Sort.ID),
                page,
                size);
        var listing = index.list(request);
        return CompletableFuture.completedStage(json -> DeviceJson.page(json, listing, page, size));
    }

    private CompletionStage<Json.Document> device(HttpRequest request, String id) {
        Parameters.refuseAll(request);
        var device = Parameters.device("id", id);
        var details = index.details(device)
                .orElseThrow(() -> index.isLoading()
                        ? Problem.unavailable("the devices from before the start are still being read; ask again soon")
                        : Problem.notFound("there is no device " + device));
        return CompletableFuture.completedStage(json -> DeviceJson.details(json, details));
    }

    private CompletionStage<Json.Document> series(Parameters parameters, String id) {
        var device = Parameters.device("id", id);
        String metric = parameters
                .text("metric", 128)
                .orElseThrow(() -> Problem.badRequest("metric: expected the name of a metric, got nothing"));
        long toMillis = parameters.timeMillis("to").orElse(clock.millis());
        var range = new TimeRange(parameters.timeMillis("from").orElse(Math.max(0, toMillis - HOUR_MILLIS)), toMillis);
        var query = new Series.Query(
                new SeriesKey(device, metric),
                range.fromMillis(),
                range.toMillis(),
                parameters.whole("points", 1, Series.Query.MAX_POINTS, 1000));
        if (!parameters.choice("band", YES_OR_NO, false)) {
            return store.ask(() -> sources.series().series(query))
                    .thenApply(series -> json -> SeriesJson.series(json, series, Optional.empty()));
        }
        return store.ask(() -> sources.series().series(query))
                .thenCompose(series -> store.ask(() -> sources.series().series(before(query)))
                        .thenApply(before -> json -> {
                            var band = ExpectedBand.of(before, series);
                            SeriesJson.series(json, series, Optional.of(band));
                        }));
    }

    /// As much again, so that something is known where the stretch begins.
    private static Series.Query before(Series.Query query) {
        long fromMillis = query.fromMillis() - Math.max(HOUR_MILLIS, query.toMillis() - query.fromMillis());
        return new Series.Query(
                query.key(), Math.max(0, fromMillis), Math.max(1, query.fromMillis()), query.maxPoints());
    }

    private CompletionStage<Json.Document> anomalies(Parameters parameters) {
        var range = TimeRange.of(parameters, clock.millis());
        var query = new Found.Query(
                parameters.device("device"),
                range.fromMillis(),
                range.toMillis(),
                parameters.whole("offset", 0, Integer.MAX_VALUE, 0),
                parameters.whole("limit", 1, Found.Query.MAX_LIMIT, 100));
        return store.ask(() -> sources.anomalies().anomalies(query))
                .thenApply(found -> json -> EventJson.anomalies(json, found));
    }

    private static Problem.Refusal unknown(List<String> path) {
        return Problem.notFound("there is no /api/v1/" + String.join("/", path) + "; see /api/v1/openapi.json");
    }

    private static Map<String, Optional<Presence>> statuses() {
        var statuses = new LinkedHashMap<String, Optional<Presence>>();
        for (Presence presence : Presence.values()) {
            statuses.put(DeviceJson.status(presence), Optional.of(presence));
        }
        return statuses;
    }

    private static Map<String, Sort> sorts() {
        var sorts = new LinkedHashMap<String, Sort>();
        sorts.put("id", Sort.ID);
        sorts.put("-id", Sort.ID_DESCENDING);
        sorts.put("lastSeen", Sort.LAST_SEEN);
        sorts.put("-lastSeen", Sort.LAST_SEEN_DESCENDING);
        sorts.put("anomalies", Sort.ANOMALIES);
        sorts.put("-anomalies", Sort.ANOMALIES_DESCENDING);
        return sorts;
    }
}
