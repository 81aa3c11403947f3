package io.telltale.dashboard.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeadLetter.Order;
import io.telltale.analytics.model.Found;
import io.telltale.dashboard.json.Json;
import io.telltale.dashboard.json.LetterJson;
import io.telltale.dashboard.source.DeadLetters;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// `/api/v1/dead-letters`: the workbench.
final class LetterApi {
    private static final int MAX_TEXT_LENGTH = 1000;
    private static final List<String> FILTER = List.of("reason", "door", "topic", "state", "from", "to");
    private static final List<String> PAGE =
            Stream.concat(FILTER.stream(), Stream.of("offset", "limit")).toList();
    private static final Map<String, Optional<DeadLetter.Reason>> REASONS = reasons();
    private static final Map<String, Optional<DeadLetter.State>> STATES = states();

    private final DeadLetters letters;
    private final StoreQueries store;
    private final Replays replays;
    private final InstantSource clock;

    LetterApi(DeadLetters letters, StoreQueries store, Replays replays, InstantSource clock) {
        this.letters = letters;
        this.store = store;
        this.replays = replays;
        this.clock = clock;
    }

    CompletionStage<Json.Document> list(HttpRequest request) {
        var parameters = new Parameters(request, PAGE);
        var filter = filter(parameters);
        var page = new DeadLetter.Page(
                Order.NEWEST_FIRST, offset(parameters), parameters.whole("limit", 1, Found.Query.MAX_LIMIT, 100));
        return store.ask(() -> letters.search().find(filter, page))
                .thenApply(found -> json -> LetterJson.page(json, found));
    }

    CompletionStage<Json.Document> letter(HttpRequest request, String id) {
        Parameters.refuseAll(request);
        return find(Set.of(Parameters.uuid("id", id)))
                .thenApply(
                        found -> json -> LetterJson.letter(json, found.items().getFirst()));
    }

    CompletionStage<Json.Document> reasons(HttpRequest request) {
        var filter = filter(new Parameters(request, FILTER));
        return store.ask(() -> letters.tally().count(filter))
                .thenApply(counts -> json -> LetterJson.reasons(json, counts));
    }

    CompletionStage<Json.Document> replayOne(HttpRequest request, String id) {
        Parameters.refuseAll(request);
        var wanted = Set.of(Parameters.uuid("id", id));
        return replays.run(() -> find(wanted)).thenApply(LetterApi::document);
    }

    /// @param body which letters: `{"ids": [...]}`, or the words of a filter
    CompletionStage<Json.Document> replayMany(HttpRequest request, byte[] body) {
        Parameters.refuseAll(request);
        var which = RequestBody.object(body, "ids, or with any of " + String.join(", ", PAGE));
        if (which.has("ids")) {
            var ids = ids(which);
            return replays.run(() -> find(ids)).thenApply(LetterApi::document);
        }
        var parameters = new Parameters(which, PAGE);
        var filter = filter(parameters);
        int offset = offset(parameters);
        int limit = parameters.whole("limit", 1, replays.maxLetters(), replays.maxLetters());
        // Rounds of many letters are to go on from the oldest to the newest, as each of them does.
        var page = new DeadLetter.Page(Order.OLDEST_FIRST, offset, limit);
        return replays.run(() -> store.ask(() -> letters.search().find(filter, page))
                        .thenApply(found -> new Found<>(found.items(), Math.max(0, found.total() - offset))))
                .thenApply(LetterApi::document);
    }

    /// All of them, or a refusal.
    private CompletionStage<Found<DeadLetter>> find(Set<UUID> ids) {
        return store.ask(() -> letters.lookup().find(ids)).thenApply(found -> {
            var missing = new LinkedHashSet<>(ids);
            found.forEach(letter -> missing.remove(letter.id()));
            if (!missing.isEmpty()) {
                throw Problem.notFound("there is no dead letter " + missing.getFirst());
            }
            return new Found<>(found, found.size());
        });
    }

    private DeadLetter.Filter filter(Parameters parameters) {
        var range = TimeRange.of(parameters, clock.millis());
        return new DeadLetter.Filter(
                parameters.choice("reason", REASONS, Optional.empty()),
                parameters.text("door", MAX_TEXT_LENGTH),
                parameters.text("topic", MAX_TEXT_LENGTH),
                parameters.choice("state", STATES, Optional.of(DeadLetter.State.OPEN)),
                range.fromMillis(),
                range.toMillis());
    }

    private static int offset(Parameters parameters) {
        return parameters.whole("offset", 0, Integer.MAX_VALUE, 0);
    }

    private Set<UUID> ids(JsonNode which) {
        var array = which.get("ids");
        if (which.size() > 1) {
            throw Problem.badRequest("ids: expected nothing beside it");
        }
        if (!array.isArray() || array.isEmpty() || array.size() > replays.maxLetters()) {
            throw Problem.badRequest("ids: expected an array of 1 to " + replays.maxLetters() + " ids, got "
                    + (array.isArray() ? array.size() : array.getNodeType()));
        }
        var ids = new LinkedHashSet<UUID>();
        for (JsonNode id : array) {
            ids.add(Parameters.uuid("ids", id.asText()));
        }
        return ids;
    }

    private static Json.Document document(Replays.Result result) {
        return json -> LetterJson.replay(json, result.letters(), result.remaining());
    }

    private static Map<String, Optional<DeadLetter.Reason>> reasons() {
        var reasons = new LinkedHashMap<String, Optional<DeadLetter.Reason>>();
        for (var reason : DeadLetter.Reason.values()) {
            reasons.put(reason.name(), Optional.of(reason));
        }
        return reasons;
    }

    private static Map<String, Optional<DeadLetter.State>> states() {
        var states = new LinkedHashMap<String, Optional<DeadLetter.State>>();
        states.put("open", Optional.of(DeadLetter.State.OPEN));
        states.put("replayed", Optional.of(DeadLetter.State.REPLAYED));
        states.put("all", Optional.empty());
        return states;
    }
}
