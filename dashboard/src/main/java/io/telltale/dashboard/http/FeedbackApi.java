package io.telltale.dashboard.http;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.Feedback;
import io.telltale.analytics.model.Feedback.Verdict;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.dashboard.json.EventJson;
import io.telltale.dashboard.json.Json;
import io.telltale.dashboard.source.FeedbackBook;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.Authorization;
import org.apache.pekko.http.javadsl.model.headers.BasicHttpCredentials;

/// `/api/v1/feedback`: what people say of anomalies.
final class FeedbackApi {
    private static final List<String> SAID = List.of("device", "metric", "kind", "eventTimeMillis", "verdict");
    private static final int MAX_METRIC_LENGTH = 128;
    private static final Map<String, Optional<Anomaly.Kind>> KINDS = kinds();
    private static final Map<String, Optional<Verdict>> VERDICTS = verdicts();

    /// Without credentials nobody is known by name.
    private static final String ANYBODY = "anybody";

    private final FeedbackBook book;
    private final StoreQueries store;
    private final InstantSource clock;

    FeedbackApi(FeedbackBook book, StoreQueries store, InstantSource clock) {
        this.book = book;
        this.store = store;
        this.clock = clock;
    }

    CompletionStage<Json.Document> list(HttpRequest request) {
        var parameters = new Parameters(request, List.of("device", "from", "to"));
        var device = parameters.device("device").orElseThrow(() -> missing("device", "the id of a device"));
        var range = TimeRange.of(parameters, clock.millis());
        return store.ask(() -> book.search().find(device, range.fromMillis(), range.toMillis()))
                .thenApply(said -> json -> EventJson.feedback(json, said));
    }

    CompletionStage<Json.Document> say(HttpRequest request, byte[] body) {
        var parameters = new Parameters(RequestBody.object(body, String.join(", ", SAID)), SAID);
        var device = parameters.device("device").orElseThrow(() -> missing("device", "the id of a device"));
        var feedback = new Feedback(
                new SeriesKey(
                        device, parameters.text("metric", MAX_METRIC_LENGTH).orElse("")),
                parameters
                        .choice("kind", KINDS, Optional.empty())
                        .orElseThrow(() -> missing("kind", "that of an anomaly")),
                parameters
                        .timeMillis("eventTimeMillis")
                        .orElseThrow(() -> missing("eventTimeMillis", "that of an anomaly")),
                parameters
                        .choice("verdict", VERDICTS, Optional.empty())
                        .orElseThrow(() -> missing("verdict", "one of " + String.join(", ", VERDICTS.keySet()))),
                who(request),
                clock.millis());
        return store.ask(() -> book.pen().say(feedback))
                .thenApply(strictness -> json -> EventJson.said(json, feedback, strictness));
    }

    private static String who(HttpRequest request) {
        return request.getHeader(Authorization.class)
                .map(Authorization::credentials)
                .filter(BasicHttpCredentials.class::isInstance)
                .map(credentials -> ((BasicHttpCredentials) credentials).username())
                .orElse(ANYBODY);
    }

    private static Problem.Refusal missing(String name, String expected) {
        return Problem.badRequest(name + ": expected " + expected + ", got nothing");
    }

    private static Map<String, Optional<Anomaly.Kind>> kinds() {
        var kinds = new LinkedHashMap<String, Optional<Anomaly.Kind>>();
        for (Anomaly.Kind kind : Anomaly.Kind.values()) {
            kinds.put(EventJson.kind(kind), Optional.of(kind));
        }
        return kinds;
    }

    private static Map<String, Optional<Verdict>> verdicts() {
        var verdicts = new LinkedHashMap<String, Optional<Verdict>>();
        for (Verdict verdict : Verdict.values()) {
            verdicts.put(EventJson.verdict(verdict), Optional.of(verdict));
        }
        return verdicts;
    }
}
