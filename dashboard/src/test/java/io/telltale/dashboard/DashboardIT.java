package io.telltale.dashboard;

import static io.telltale.dashboard.Outcomes.alarming;
import static io.telltale.dashboard.Outcomes.heard;
import static io.telltale.dashboard.Outcomes.point;
import static io.telltale.dashboard.Outcomes.snapshot;
import static io.telltale.dashboard.Outcomes.spike;
import static io.telltale.dashboard.Outcomes.swept;
import static io.telltale.dashboard.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Feedback;
import io.telltale.analytics.model.Found;
import io.telltale.analytics.model.Presence;
import io.telltale.analytics.model.Series;
import io.telltale.analytics.model.SeriesKey;
import java.net.BindException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardIT {
    private static final SettableClock CLOCK = new SettableClock();
    private static final Contract CONTRACT = new Contract();
    private static RunningDashboard server;

    @BeforeAll
    static void start() {
        server = new RunningDashboard("limits { query-timeout = 300 ms, concurrent-queries = 4 }", CLOCK);
        long now = CLOCK.millis();
        server.hears(
                heard("boiler-1", now, point("temperature", now - 5, 61.5), text("firmware", now - 5, "1.4.2")),
                heard("boiler-2", now - 1000, point("temperature", now - 1000, 58)),
                alarming("boiler-2", now, spike("boiler-2", now - 1000)),
                heard("küche 1", now));
        server.sweeps(swept("boiler-1", now, Presence.STALE));
        server.hub.index().load(snapshot("old one", Presence.OFFLINE, now - 90_000_000));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_overview_counts_devices_and_says_how_the_store_is() {
        var overview = ok("Overview", "/api/v1/overview");

        assertThat(overview.at("/devices/online").asInt()).isEqualTo(2);
        assertThat(overview.at("/devices/stale").asInt()).isEqualTo(1);
        assertThat(overview.at("/devices/offline").asInt()).isEqualTo(1);
        assertThat(overview.at("/anomaliesLastHour").asInt()).isEqualTo(1);
        assertThat(overview.at("/ingestLagMillis").asInt()).isEqualTo(42);
        assertThat(overview.at("/store/waitingRows").asInt()).isEqualTo(7);
        assertThat(overview.at("/store/state").asText()).isEqualTo("up");
    }

    @Test
    void devices_are_listed_filtered_and_paged() {
        var page = ok("DevicePage", "/api/v1/devices?query=BOILER&sort=-id&page=1&size=1");

        assertThat(page.at("/total").asInt()).isEqualTo(2);
        assertThat(page.at("/items")).hasSize(1);
        assertThat(page.at("/items/0/id").asText()).isEqualTo("boiler-2");
        assertThat(ok("DevicePage", "/api/v1/devices?status=stale")
                        .at("/items/0/latest/1/value")
                        .asDouble())
                .isEqualTo(61.5);
    }

    @Test
    void a_device_is_shown_with_every_metric() {
        var device = ok("Device", "/api/v1/devices/boiler-1");

        assertThat(device.at("/status").asText()).isEqualTo("stale");
        assertThat(device.at("/latest/0/text").asText()).isEqualTo("1.4.2");
        assertThat(device.at("/lastSeenMillis").asLong()).isEqualTo(CLOCK.millis());
    }

    @Test
    void a_device_without_points_has_no_last_event_time() {
        var device = ok("Device", "/api/v1/devices/k%C3%BCche%201");

        assertThat(device.has("lastEventTimeMillis")).isFalse();
    }

    @Test
    void a_device_never_heard_of_is_not_found() {
        problem(404, server.get("/api/v1/devices/nobody"), "there is no device nobody");
    }

    @Test
    void while_known_devices_are_being_read_an_unknown_one_may_be_among_them() {
        server.hub.index().beginLoading();
        assertThat(ok("Overview", "/api/v1/overview").at("/devices/loading").asBoolean())
                .isTrue();
        problem(
                503,
                server.get("/api/v1/devices/nobody"),
                "the devices from before the start are still being read; ask again soon");

        server.hub.index().endLoading();
        assertThat(ok("Overview", "/api/v1/overview").at("/devices/loading").asBoolean())
                .isFalse();
        problem(404, server.get("/api/v1/devices/nobody"), "there is no device nobody");
    }

    @Test
    void a_series_is_read_from_the_store_by_default_for_the_last_hour() {
        var asked = new AtomicReference<Series.Query>();
        server.series = query -> {
            asked.set(query);
            return CompletableFuture.completedStage(new Series(
                    query.key(),
                    1000,
                    new long[] {1000, 2000},
                    new double[] {1.5, Double.NaN},
                    new double[] {1, 2},
                    new double[] {2, 3},
                    new long[] {60, 60},
                    List.of(new Series.Change(2000, 3000, 3, 1))));
        };

        var series = ok("Series", "/api/v1/devices/boiler-1/series?metric=temperature");

        assertThat(asked.get())
                .isEqualTo(new Series.Query(
                        new SeriesKey(new DeviceId("boiler-1"), "temperature"),
                        CLOCK.millis() - 3_600_000,
                        CLOCK.millis(),
                        1000));
        assertThat(series.at("/mean/0").asDouble()).isEqualTo(1.5);
        assertThat(series.at("/mean/1").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=1732170000000&to=1732170060000",
                "from=2024-11-21T06:20:00Z&to=2024-11-21T06:21:00Z",
                "from=2024-11-21T07:20:00%2B01:00&to=2024-11-21T07:21:00+01:00"
            })
    void times_are_milliseconds_or_iso_with_a_zone(String range) {
        var asked = new AtomicReference<Series.Query>();
        server.series = query -> {
            asked.set(query);
            return CompletableFuture.failedStage(new IllegalStateException("enough"));
        };

        server.get("/api/v1/devices/boiler-1/series?metric=temperature&points=20&" + range);

        assertThat(asked.get())
                .isEqualTo(new Series.Query(
                        new SeriesKey(new DeviceId("boiler-1"), "temperature"),
                        1_732_170_000_000L,
                        1_732_170_060_000L,
                        20));
    }

    @Test
    void anomalies_are_found_by_device_and_time() {
        var asked = new AtomicReference<Found.Query>();
        server.anomalies = query -> {
            asked.set(query);
            return CompletableFuture.completedStage(new Found<>(List.of(spike("boiler-2", 5000)), 17));
        };

        var found = ok("AnomalyPage", "/api/v1/anomalies?device=boiler-2&from=1000&to=9000&offset=3&limit=5");

        assertThat(asked.get()).isEqualTo(new Found.Query(Optional.of(new DeviceId("boiler-2")), 1000, 9000, 3, 5));
        assertThat(found.at("/total").asInt()).isEqualTo(17);
        assertThat(found.at("/items/0/kind").asText()).isEqualTo("spike");
        assertThat(found.at("/items/0/upper").isNull()).isTrue();
    }

    @Test
    void what_was_expected_of_each_point_comes_when_asked_for() {
        var asked = new ArrayList<Series.Query>();
        server.series = query -> {
            asked.add(query);
            var times = LongStream.range(0, 100)
                    .map(i -> query.fromMillis() + i * 1000)
                    .toArray();
            double[] values = LongStream.range(0, 100)
                    .mapToDouble(i -> 20 + Math.floorMod(i * 7919, 13) / 13.0)
                    .toArray();
            long[] counts = LongStream.range(0, 100).map(_ -> 1).toArray();
            return CompletableFuture.completedStage(
                    new Series(query.key(), 0, times, values, values, values, counts, List.of()));
        };

        var series = ok("Series", "/api/v1/devices/boiler-2/series?metric=t&from=7200000&to=7300000&band=true");

        assertThat(asked)
                .extracting(Series.Query::fromMillis)
                .as("the stretch, and an hour before to learn from")
                .containsExactly(7_200_000L, 3_600_000L);
        assertThat(series.at("/low")).hasSize(100);
        assertThat(series.at("/low/0").asDouble()).isBetween(15.0, 20.0);
        assertThat(series.at("/high/0").asDouble()).isBetween(21.0, 26.0);
        assertThat(ok("Series", "/api/v1/devices/boiler-2/series?metric=t").has("low"))
                .isFalse();
    }

    @Test
    void what_a_person_says_of_an_anomaly_is_kept_with_the_name() {
        var said = new AtomicReference<Feedback>();
        server.pen = feedback -> {
            said.set(feedback);
            return CompletableFuture.completedStage(3);
        };
        server.said = (_, _, _) -> CompletableFuture.completedStage(List.of(Objects.requireNonNull(said.get())));

        var answer = server.post(
                "/api/v1/feedback",
                """
                {"device": "boiler-2", "metric": "temperature", "kind": "spike", "eventTimeMillis": 5000, "verdict": "false-alarm"}""",
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString("nora:secret".getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var kept = new Contract().check("Said", answer.body());
        assertThat(kept.at("/strictness").asInt()).isEqualTo(3);
        assertThat(kept.at("/saidBy").asText()).isEqualTo("nora");
        assertThat(ok("FeedbackList", "/api/v1/feedback?device=boiler-2&from=0&to=9000")
                        .at("/items/0/verdict")
                        .asText())
                .isEqualTo("false-alarm");
        problem(400, server.post("/api/v1/feedback", "{\"device\": \"a\"}"), "kind: expected that of an anomaly");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    devices?size=501                              | size: expected a whole number from 1 to 500, got 501
                    devices?page=0                                | page: expected a whole number from 1
                    devices?page=two                              | page: expected a whole number from 1
                    devices?status=dead                           | status: expected one of online, stale, offline, got dead
                    devices?sort=name                             | sort: expected one of id, -id, lastSeen
                    devices?qeury=x                               | qeury: there is no such parameter; expected query, status
                    devices?page=1&page=2                         | page: expected once
                    devices/a%2Fb                                 | id: device id: character 2 is not allowed
                    devices/a/series                              | metric: expected the name of a metric, got nothing
                    devices/a/series?metric=t&from=yesterday      | from: expected milliseconds since 1970
                    devices/a/series?metric=t&from=2024-11-21     | from: expected milliseconds since 1970
                    devices/a/series?metric=t&from=5&to=5         | to: expected later than from (5), got 5
                    devices/a/series?metric=t&points=20001        | points: expected a whole number from 1 to 20000, got 20001
                    anomalies?limit=1001                          | limit: expected a whole number from 1 to 1000, got 1001
                    anomalies?offset=-1                           | offset: expected a whole number from 0
                    overview?now=1                                | query: expected no parameters
                    live                                          | expected a WebSocket handshake
                    """)
    void a_wrong_parameter_is_refused_by_name(String path, String detail) {
        problem(400, server.get("/api/v1/" + path), detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/alarm", "/api/v1/", "/api/v2/devices", "/api", "/api/v1/devices/a/b/c", "/health/x"})
    void an_unknown_path_of_the_api_is_not_found(String path) {
        problem(404, server.get(path), "");
    }

    @Test
    void only_reading_is_offered() {
        var request =
                HttpRequest.newBuilder(server.uri("/api/v1/devices")).DELETE().build();

        problem(405, server.send(request), "expected GET or HEAD, got DELETE");
    }

    @Test
    void head_is_answered_without_a_body() {
        var request =
                HttpRequest.newBuilder(server.uri("/api/v1/devices")).HEAD().build();

        var response = server.send(request);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void a_store_that_fails_is_unavailable_and_says_when_to_ask_again() {
        server.anomalies = query -> CompletableFuture.failedStage(new IllegalStateException("connection refused"));

        var response = server.get("/api/v1/anomalies");

        problem(503, response, "the store does not answer");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(response.body()).doesNotContain("connection refused");
    }

    @Test
    void a_store_that_hangs_is_given_up_on_and_not_asked_without_end() {
        var hanging = new CompletableFuture<Found<Anomaly>>();
        server.anomalies = query -> hanging;
        for (int i = 0; i < 4; i++) {
            problem(503, server.get("/api/v1/anomalies"), "the store does not answer");
        }

        problem(503, server.get("/api/v1/anomalies"), "4 queries are running already");

        hanging.completeExceptionally(new IllegalStateException("gone"));
        server.anomalies = query -> CompletableFuture.completedStage(new Found<>(List.of(), 0));
        ok("AnomalyPage", "/api/v1/anomalies");
    }

    @Test
    void a_fault_is_told_without_its_trace() {
        server.store = () -> {
            throw new IllegalStateException("secret detail");
        };
        try {
            var response = server.get("/api/v1/overview");

            problem(500, response, "a fault of the server");
            assertThat(response.body()).doesNotContain("secret detail");
        } finally {
            server.store = () -> RunningDashboard.STORE;
        }
    }

    @Test
    void health_is_up_while_every_check_is() {
        assertThat(ok("Health", "/health/live").at("/status").asText()).isEqualTo("up");
        assertThat(ok("Health", "/health/ready").at("/checks/store").asText()).isEqualTo("up");

        server.storeReady = false;
        try {
            var response = server.get("/health/ready");
            assertThat(response.statusCode()).isEqualTo(503);
            var health = CONTRACT.check("Health", response.body());
            assertThat(health.at("/status").asText()).isEqualTo("down");
            assertThat(health.at("/checks/store").asText()).isEqualTo("down");
            assertThat(health.at("/checks/line").asText()).isEqualTo("up");
        } finally {
            server.storeReady = true;
        }
    }

    @Test
    void metrics_are_prometheus_text() {
        var response = server.get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(response.body()).contains("telltale_dashboard_devices{presence=\"stale\"} 1.0");
    }

    @Test
    void the_openapi_document_is_served() {
        var document = Contract.json(server.get("/api/v1/openapi.json").body());

        assertThat(document.at("/openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.at("/paths").has("/api/v1/devices/{id}/series")).isTrue();
    }

    @Test
    void answers_of_the_api_are_neither_kept_nor_framed_nor_sniffed() {
        var headers = server.get("/api/v1/overview").headers();

        assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'", "style-src 'self' 'unsafe-inline'", "frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/devices/boiler-1", "/devices/a.b.c?from=1", "/anomalies"})
    void a_link_into_the_app_gets_the_page(String path) {
        var response = server.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("<title>Test page</title>");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=UTF-8");
    }

    @Test
    void a_file_with_a_hash_in_its_name_is_kept_for_ever_and_compressed() {
        var plain = server.get("/assets/app-1a2b.js");
        var compressed = server.get("/assets/app-1a2b.js", "Accept-Encoding", "gzip, br");

        assertThat(plain.body()).startsWith("export const page");
        assertThat(plain.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(plain.headers().firstValue("Content-Type")).hasValue("application/javascript; charset=UTF-8");
        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(server.get("/favicon.svg").headers().firstValue("Content-Type"))
                .hasValue("image/svg+xml");
    }

    @Test
    void a_missing_asset_is_not_found_rather_than_a_page() {
        problem(404, server.get("/assets/app-old.js"), "there is no file assets/app-old.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..%2Freference.conf", "/%2e%2e/openapi.json", "/assets/..%2F..%2Fopenapi.json"})
    void nothing_above_the_web_folder_is_served(String path) {
        assertThat(server.get(path).body()).doesNotContain("telltale.dashboard", "\"paths\"");
    }

    @Test
    void a_taken_port_is_named() {
        assertThatThrownBy(() -> new RunningDashboard("http.port = " + server.port(), CLOCK).close())
                .hasRootCauseInstanceOf(BindException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("telltale.dashboard.http.port", "127.0.0.1:" + server.port());
    }

    @Test
    void requests_are_measured() {
        server.get("/api/v1/overview");

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(server.get("/metrics").body())
                        .contains("telltale_dashboard_http_requests_seconds_count{status=\"200\"}"));
    }

    private static JsonNode ok(String schema, String path) {
        var response = server.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return CONTRACT.check(schema, response.body());
    }

    private static void problem(int status, HttpResponse<String> response, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(CONTRACT.check("Problem", response.body()).at("/detail").asText())
                .contains(detail);
    }
}
