package io.telltale.dashboard.http;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// `/api/v1`: reads a request, asks the index or the store, and says what to write.
final class Api {
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final int MAX_PAGE_SIZE = 500;

    private static final Map<String, Optional<Presence>> STATUSES = statuses();
    private static final Map<String, Sort> SORTS = sorts();

    private final DeviceIndex index;
    private final Supplier<Overview> overview;
    private final Sources sources;
    private final StoreQueries store;
    private final InstantSource clock;

    Api(DeviceIndex index, Supplier<Overview> overview, Sources sources, StoreQueries store, InstantSource clock) {
        this.index = index;
        this.overview = overview;
        this.sources = sources;
        this.store = store;
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
                series(new Parameters(request, List.of("metric", "from", "to", "points")), path.get(1));
            case "anomalies" -> anomalies(new Parameters(request, List.of("device", "from", "to", "offset", "limit")));
            case "dead-letters" -> deadLetters(new Parameters(request, List.of("from", "to", "offset", "limit")));
            default -> throw unknown(path);
        };
    }

    /// The path with the id, if it has one, taken out.
    private static String route(List<String> path) {
        if (path.size() < 2) {
            return String.join("/", path);
        }
        var route = new ArrayList<>(path);
        route.set(1, "{id}");
        return String.join("/", route);
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
        var details = index.details(device).orElseThrow(() -> Problem.notFound("there is no device " + device));
        return CompletableFuture.completedStage(json -> DeviceJson.details(json, details));
    }

    private CompletionStage<Json.Document> series(Parameters parameters, String id) {
        var device = Parameters.device("id", id);
        String metric = parameters
                .text("metric", 128)
                .orElseThrow(() -> Problem.badRequest("metric: expected the name of a metric, got nothing"));
        long toMillis = parameters.timeMillis("to").orElse(clock.millis());
        long fromMillis = parameters.timeMillis("from").orElse(Math.max(0, toMillis - HOUR_MILLIS));
        requireOrder(fromMillis, toMillis);
        var query = new Series.Query(
                new SeriesKey(device, metric),
                fromMillis,
                toMillis,
                parameters.whole("points", 1, Series.Query.MAX_POINTS, 1000));
        return store.ask(() -> sources.series().series(query))
                .thenApply(series -> json -> SeriesJson.series(json, series));
    }

    private CompletionStage<Json.Document> anomalies(Parameters parameters) {
        var query = happened(parameters);
        return store.ask(() -> sources.anomalies().anomalies(query))
                .thenApply(found -> json -> EventJson.anomalies(json, found));
    }

    private CompletionStage<Json.Document> deadLetters(Parameters parameters) {
        var query = happened(parameters);
        return store.ask(() -> sources.deadLetters().deadLetters(query))
                .thenApply(found -> json -> EventJson.deadLetters(json, found));
    }

    private Found.Query happened(Parameters parameters) {
        long nowMillis = clock.millis();
        var to = parameters.timeMillis("to");
        long toMillis = to.orElse(nowMillis + DAY_MILLIS);
        long fromMillis = parameters.timeMillis("from").orElse(Math.max(0, to.orElse(nowMillis) - DAY_MILLIS));
        requireOrder(fromMillis, toMillis);
        return new Found.Query(
                parameters.device("device"),
                fromMillis,
                toMillis,
                parameters.whole("offset", 0, Integer.MAX_VALUE, 0),
                parameters.whole("limit", 1, Found.Query.MAX_LIMIT, 100));
    }

    private static void requireOrder(long fromMillis, long toMillis) {
        if (toMillis <= fromMillis) {
            throw Problem.badRequest("to: expected later than from (" + fromMillis + "), got " + toMillis);
        }
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
