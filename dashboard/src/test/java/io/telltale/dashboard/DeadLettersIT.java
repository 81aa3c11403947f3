package io.telltale.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeadLetter.Order;
import io.telltale.analytics.model.DeadLetter.Reason;
import io.telltale.analytics.model.DeadLetter.State;
import io.telltale.analytics.model.Found;
import io.telltale.dashboard.source.Replayed;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersIT {
    private static final Contract CONTRACT = new Contract();
    private static final long DAY_MILLIS = 86_400_000;

    private final SettableClock clock = new SettableClock();
    private final RunningDashboard server =
            new RunningDashboard("limits { replayed-letters = 3, replay-timeout = 400 ms }", clock);
    private final DeadLetter older = letter(5000, "{\"t\": nonsense}".getBytes(UTF_8));
    private final DeadLetter newer = letter(6000, new byte[] {(byte) 0xff, 0}).replayed(7000);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void they_show_text_as_text_and_bytes_as_base64() {
        server.search = (filter, page) -> CompletableFuture.completedStage(new Found<>(List.of(older, newer), 2));

        var found = CONTRACT.ok("DeadLetterPage", server.get("/api/v1/dead-letters"));

        assertThat(found.at("/items/0/payload").asText()).isEqualTo("{\"t\": nonsense}");
        assertThat(found.at("/items/0").has("encoding")).isFalse();
        assertThat(found.at("/items/0").has("replayedMillis")).isFalse();
        assertThat(found.at("/items/0/byteOffset").asInt()).isEqualTo(6);
        assertThat(found.at("/items/1/payload").asText()).isEqualTo("/wA=");
        assertThat(found.at("/items/1/encoding").asText()).isEqualTo("base64");
        assertThat(found.at("/items/1/size").asInt()).isEqualTo(2);
        assertThat(found.at("/items/1/replayedMillis").asLong()).isEqualTo(7000);
    }

    @Test
    void the_open_ones_of_the_last_day_are_listed_newest_first_unless_others_are_asked_for() {
        var asked = new ArrayList<Object>();
        server.search = (filter, page) -> {
            asked.add(filter);
            asked.add(page);
            return CompletableFuture.completedStage(new Found<>(List.of(), 0));
        };

        CONTRACT.ok("DeadLetterPage", server.get("/api/v1/dead-letters"));
        CONTRACT.ok(
                "DeadLetterPage",
                server.get("/api/v1/dead-letters?reason=TOO_LARGE&door=lane&topic=boiler&state=all"
                        + "&from=1000&to=9000&offset=3&limit=5"));

        assertThat(asked)
                .containsExactly(
                        filter(State.OPEN, clock.millis() - DAY_MILLIS, clock.millis() + DAY_MILLIS),
                        new DeadLetter.Page(Order.NEWEST_FIRST, 0, 100),
                        new DeadLetter.Filter(
                                Optional.of(Reason.TOO_LARGE),
                                Optional.of("lane"),
                                Optional.of("boiler"),
                                Optional.empty(),
                                1000,
                                9000),
                        new DeadLetter.Page(Order.NEWEST_FIRST, 3, 5));
    }

    @Test
    void one_is_found_by_its_id_or_not_at_all() {
        server.lookup = ids -> CompletableFuture.completedStage(only(ids, older));

        var letter = CONTRACT.ok("DeadLetter", server.get("/api/v1/dead-letters/" + older.id()));

        assertThat(letter.at("/topic").asText()).isEqualTo("telemetry/x");
        CONTRACT.problem(
                404, server.get("/api/v1/dead-letters/" + newer.id()), "there is no dead letter " + newer.id());
        CONTRACT.problem(400, server.get("/api/v1/dead-letters/1-2-3-4-5"), "id: expected a UUID, got 1-2-3-4-5");
    }

    @Test
    void reasons_are_counted_the_most_frequent_first() {
        var counts = new EnumMap<Reason, Long>(Map.of(Reason.TOO_LARGE, 2L, Reason.MALFORMED, 40L));
        server.tally = filter -> CompletableFuture.completedStage(counts);

        var reasons = CONTRACT.ok("DeadLetterReasons", server.get("/api/v1/dead-letters/reasons?from=1&to=2"));

        assertThat(reasons.at("/total").asInt()).isEqualTo(42);
        assertThat(reasons.at("/items/0/reason").asText()).isEqualTo("MALFORMED");
        assertThat(reasons.at("/items/1/count").asInt()).isEqualTo(2);
    }

    @Test
    void a_replay_says_what_came_of_each_letter_oldest_first() {
        var replayed = new AtomicReference<List<DeadLetter>>();
        server.lookup = ids -> CompletableFuture.completedStage(only(ids, newer, older));
        server.replayDoor = letters -> {
            replayed.set(letters);
            return CompletableFuture.completedStage(List.of(
                    new Replayed.Stored(older.id(), 2),
                    new Replayed.StillDead(newer.id(), Reason.INVALID_VALUE, "why", OptionalInt.of(4))));
        };

        var result = CONTRACT.ok("ReplayResult", server.post("/api/v1/dead-letters/replay", ids(newer, older)));

        assertThat(replayed.get()).extracting(DeadLetter::id).containsExactly(older.id(), newer.id());
        assertThat(result.at("/stored").asInt()).isEqualTo(1);
        assertThat(result.at("/points").asInt()).isEqualTo(2);
        assertThat(result.at("/stillDead").asInt()).isEqualTo(1);
        assertThat(result.at("/remaining").asInt()).isZero();
        assertThat(result.at("/items/1/reason").asText()).isEqualTo("INVALID_VALUE");
        assertThat(server.get("/metrics").body())
                .contains("telltale_dashboard_replayed_letters_total{outcome=\"stored\"} 1.0")
                .contains("telltale_dashboard_replayed_letters_total{outcome=\"still-dead\"} 1.0");
    }

    @Test
    void a_single_letter_is_replayed_by_its_address() {
        server.lookup = ids -> CompletableFuture.completedStage(only(ids, older));
        server.replayDoor = letters -> CompletableFuture.completedStage(
                List.of(new Replayed.Stored(letters.getFirst().id(), 1)));

        var result = CONTRACT.ok("ReplayResult", server.post("/api/v1/dead-letters/" + older.id() + "/replay", ""));

        assertThat(result.at("/items/0/id").asText()).isEqualTo(older.id().toString());
        CONTRACT.problem(
                404, server.post("/api/v1/dead-letters/" + newer.id() + "/replay", "{}"), "there is no dead letter");
    }

    @Test
    void a_filter_replays_the_oldest_that_match_and_says_how_many_remain() {
        var asked = new ArrayList<Object>();
        server.search = (filter, page) -> {
            asked.add(filter);
            asked.add(page);
            return CompletableFuture.completedStage(new Found<>(List.of(older), 18));
        };
        server.replayDoor = letters -> CompletableFuture.completedStage(List.of(new Replayed.Stored(older.id(), 1)));

        var result = CONTRACT.ok(
                "ReplayResult",
                server.post(
                        "/api/v1/dead-letters/replay",
                        "{\"reason\": \"MALFORMED\", \"topic\": \"x\", \"from\": 1000,"
                                + " \"to\": \"1970-01-01T00:00:09Z\", \"limit\": 1, \"offset\": 2}"));

        assertThat(asked)
                .containsExactly(
                        new DeadLetter.Filter(
                                Optional.of(Reason.MALFORMED),
                                Optional.empty(),
                                Optional.of("x"),
                                Optional.of(State.OPEN),
                                1000,
                                9000),
                        new DeadLetter.Page(Order.OLDEST_FIRST, 2, 1));
        assertThat(result.at("/remaining").asInt()).isEqualTo(15);
    }

    @Test
    void one_replay_runs_at_a_time_and_a_slow_one_is_not_waited_for() {
        var slow = new CompletableFuture<List<Replayed>>();
        server.lookup = ids -> CompletableFuture.completedStage(only(ids, older));
        server.replayDoor = letters -> slow;

        CONTRACT.problem(
                503, server.post("/api/v1/dead-letters/replay", ids(older)), "takes long and goes on by itself");
        CONTRACT.problem(409, server.post("/api/v1/dead-letters/replay", ids(older)), "a replay is running already");

        slow.complete(List.of(new Replayed.Stored(older.id(), 1)));
        CONTRACT.ok("ReplayResult", server.post("/api/v1/dead-letters/replay", ids(older)));
    }

    @Test
    void a_replay_that_fails_half_way_says_so_and_lets_the_next_one_in() {
        server.lookup = ids -> CompletableFuture.completedStage(only(ids, older));
        server.replayDoor = letters -> CompletableFuture.failedStage(new IllegalStateException("secret detail"));

        for (int i = 0; i < 2; i++) {
            var response = server.post("/api/v1/dead-letters/replay", ids(older));
            CONTRACT.problem(503, response, "the replay ended half-way");
            assertThat(response.body()).doesNotContain("secret detail");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                                    | body: expected a JSON object with ids
                    {"limit": 1} {}                       | body: expected a JSON object with ids
                    {"limit": 4}                          | limit: expected a whole number from 1 to 3, got 4
                    {"limit": 1.5}                        | limit: expected a text or a whole number
                    {"reason": "BAD"}                     | reason: expected one of UNKNOWN_TOPIC, MALFORMED
                    {"from": 9, "to": 9}                  | to: expected later than from (9), got 9
                    {"device": "x"}                       | device: there is no such parameter
                    {"ids": []}                           | ids: expected an array of 1 to 3 ids, got 0
                    {"ids": "x"}                          | ids: expected an array of 1 to 3 ids, got STRING
                    {"ids": ["a", "b", "c", "d"]}         | ids: expected an array of 1 to 3 ids, got 4
                    {"ids": ["x"]}                        | ids: expected a UUID, got x
                    {"ids": ["x"], "limit": 1}            | ids: expected nothing beside it
                    """)
    void a_wrong_request_is_refused_by_name(String body, String detail) {
        CONTRACT.problem(400, server.post("/api/v1/dead-letters/replay", body), detail);
    }

    @Test
    void a_replay_that_another_page_sends_is_refused() {
        server.lookup = ids -> CompletableFuture.completedStage(only(ids, older));
        server.replayDoor = letters -> CompletableFuture.completedStage(List.of(new Replayed.Stored(older.id(), 1)));
        String path = "/api/v1/dead-letters/" + older.id() + "/replay";

        CONTRACT.problem(
                403, server.post(path, "{}", "Origin", "https://evil.example"), "Origin: expected the same host");
        CONTRACT.problem(403, server.post(path, "{}", "Origin", "null"), "Origin: expected the same host");
        CONTRACT.ok("ReplayResult", server.post(path, "{}", "Origin", "http://127.0.0.1:" + server.port()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
    void a_body_that_a_form_could_send_is_refused(String type) {
        var request = HttpRequest.newBuilder(server.uri("/api/v1/dead-letters/replay"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        CONTRACT.problem(415, server.send(request), "Content-Type: expected application/json, got " + type);
    }

    @Test
    void a_body_may_come_in_pieces_but_not_without_end() {
        server.lookup = ids -> CompletableFuture.completedStage(only(ids, older));
        server.replayDoor = letters -> CompletableFuture.completedStage(List.of(new Replayed.Stored(older.id(), 1)));

        CONTRACT.ok("ReplayResult", pieces(ids(older)));
        CONTRACT.problem(413, pieces(" ".repeat(2 << 20)), "body: expected at most 1048576 bytes");
    }

    @Test
    void reading_and_replaying_keep_to_their_methods() {
        var asked = server.get("/api/v1/dead-letters/replay");
        var sent = server.post("/api/v1/dead-letters", "{}");

        CONTRACT.problem(405, asked, "expected POST, got GET");
        assertThat(asked.headers().firstValue("Allow")).hasValue("POST");
        CONTRACT.problem(405, sent, "expected GET or HEAD, got POST");
        assertThat(sent.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    private HttpResponse<String> pieces(String body) {
        return server.send(HttpRequest.newBuilder(server.uri("/api/v1/dead-letters/replay"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(UTF_8))))
                .build());
    }

    private static String ids(DeadLetter... letters) {
        return List.of(letters).stream()
                .map(letter -> "\"" + letter.id() + "\"")
                .collect(Collectors.joining(",", "{\"ids\": [", "]}"));
    }

    private static List<DeadLetter> only(Collection<UUID> ids, DeadLetter... letters) {
        return List.of(letters).stream()
                .filter(letter -> ids.contains(letter.id()))
                .toList();
    }

    private static DeadLetter.Filter filter(State state, long fromMillis, long toMillis) {
        return new DeadLetter.Filter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(state), fromMillis, toMillis);
    }

    private static DeadLetter letter(long arrivalMillis, byte[] payload) {
        return new DeadLetter(
                UUID.randomUUID(),
                arrivalMillis,
                "listener",
                "telemetry/x",
                payload,
                Reason.MALFORMED,
                "byte 6: expected a value",
                OptionalInt.of(6),
                OptionalLong.empty());
    }
}
