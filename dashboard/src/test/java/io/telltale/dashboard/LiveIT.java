package io.telltale.dashboard;

import static io.telltale.dashboard.Outcomes.alarming;
import static io.telltale.dashboard.Outcomes.heard;
import static io.telltale.dashboard.Outcomes.point;
import static io.telltale.dashboard.Outcomes.spike;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Presence;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveIT {
    private static final int MAX_POINTS = 20_000;

    private final RunningDashboard server = new RunningDashboard(
            "live { max-sessions = 3, max-points-per-frame = " + MAX_POINTS
                    + ", frame-interval = 20 ms, keep-alive = 1 s }",
            InstantSource.system());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void watched_rows_come_at_once_and_again_when_they_change() {
        server.hears(heard("meter", 1000, point("t", 900, 21.5)));
        var browser = browser().sends("""
                {"type": "watch", "devices": ["meter", "unknown"]}
                """);
        soon().untilAsserted(() -> assertThat(browser.frames("devices")).hasSize(1));

        server.hears(heard("meter", 2000, point("t", 1900, 22.5)), heard("pump", 2000));

        soon().untilAsserted(() -> assertThat(browser.frames("devices").skip(1))
                .singleElement()
                .satisfies(frame -> {
                    assertThat(frame.at("/rows")).hasSize(1);
                    assertThat(frame.at("/rows/0/latest/0/value").asDouble()).isEqualTo(22.5);
                }));
    }

    @Test
    void a_device_never_heard_of_appears_when_it_speaks() {
        var browser = watching("""
                {"type": "watch", "devices": ["newcomer"], "overview": true}
                """);

        server.hears(heard("newcomer", 2000));

        soon().untilAsserted(() -> assertThat(browser.frames("devices")).hasSize(1));
    }

    @Test
    void the_overview_comes_at_once_and_every_second() {
        var browser = browser().sends("""
                {"type": "watch", "overview": true}
                """);

        soon().untilAsserted(
                        () -> assertThat(browser.frames("overview").count()).isGreaterThanOrEqualTo(3));
    }

    @Test
    void every_point_of_a_watched_device_arrives_in_order() {
        var browser = watching("""
                {"type": "watch", "overview": true, "points": ["meter"]}
                """);
        var messages = IntStream.range(0, 5000)
                .mapToObj(i -> (Outcome) heard("meter", i, point("t", i, i), point("p", i, -i)))
                .toArray(Outcome[]::new);

        server.hears(messages);

        soon().untilAsserted(() -> assertThat(values(browser, "t")).hasSize(5000));
        assertThat(values(browser, "t")).isSorted();
        assertThat(values(browser, "p")).hasSize(5000);
        assertThat(skipped(browser)).isZero();
    }

    @Test
    void anomalies_of_all_devices_come_as_they_are_found() {
        var browser = watching("""
                {"type": "watch", "overview": true, "anomalies": true}
                """);

        server.hears(alarming("meter", 1000, spike("meter", 900)), alarming("pump", 1000, spike("pump", 900)));

        soon().untilAsserted(() -> assertThat(browser.frames("anomalies")
                        .mapToInt(frame -> frame.at("/items").size()))
                .satisfies(sizes -> assertThat(
                                sizes.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(2)));
    }

    @Test
    void a_wrong_message_is_answered_with_a_problem_and_the_watch_stays() {
        var browser = watching("""
                {"type": "watch", "overview": true, "devices": ["meter"]}
                """);
        String ids = String.join(",", Collections.nCopies(900, "\"meter\""));

        browser.sends("{\"type\": \"watch\", \"devices\": [" + ids + "]}");
        soon().untilAsserted(() -> assertThat(browser.frames("problem"))
                .singleElement()
                .satisfies(frame -> assertThat(frame.at("/detail").asText())
                        .isEqualTo("watch: expected at most 500 devices, got 900")));

        server.hears(heard("meter", 1000));
        soon().untilAsserted(() -> assertThat(browser.frames("devices")).hasSize(1));
    }

    @Test
    void a_message_longer_than_allowed_is_refused_and_a_long_one_is_read_whole() {
        var browser = browser();

        browser.sends(" ".repeat(1_000_000));
        soon().untilAsserted(() -> assertThat(browser.frames("problem"))
                .singleElement()
                .satisfies(frame -> assertThat(frame.at("/detail").asText()).contains("at most 131072 characters")));

        String padding = " ".repeat(100_000);
        browser.sends("{\"type\": \"watch\"," + padding + "\"overview\": true}");
        soon().untilAsserted(() -> assertThat(browser.frames("overview")).isNotEmpty());
    }

    @Test
    void a_browser_that_reads_nothing_costs_no_more_than_its_bound_and_learns_what_it_missed() {
        var browser = new Browser(server.client(), server.uri("/"));
        browser.sends("""
                {"type": "watch", "points": ["meter"]}
                """);
        await().until(() ->
                server.registry.get("telltale.dashboard.live.sessions").gauge().value() == 1);
        // More than the socket buffers of both sides hold, in messages of many points.
        int messages = 10_000;
        int pointsEach = 200;
        soon().until(() -> {
            server.hears(message(-1, 1));
            return server.registry.get("telltale.dashboard.live.delay").timer().count() > 0;
        });

        for (int i = 0; i < messages; i += 100) {
            server.hears(IntStream.range(i, i + 100)
                    .mapToObj(n -> message(n, pointsEach))
                    .toArray(Outcome[]::new));
        }
        browser.reading();

        soon().untilAsserted(() -> assertThat(values(browser, "t")).contains(messages - 1.0));
        long received =
                values(browser, "t").stream().filter(value -> value >= 0).count();
        assertThat(skipped(browser)).isPositive();
        assertThat(received + skipped(browser)).isGreaterThanOrEqualTo((long) messages * pointsEach);
        assertThat(browser.frames("points"))
                .allSatisfy(frame -> assertThat(frame.at("/series/t").size()).isLessThanOrEqualTo(MAX_POINTS));
        browser.leaves();
    }

    @Test
    void one_browser_more_than_allowed_is_told_to_come_back() {
        var first = watching("{\"type\": \"watch\", \"overview\": true}");
        watching("{\"type\": \"watch\", \"overview\": true}");
        watching("{\"type\": \"watch\", \"overview\": true}");

        assertThatThrownBy(this::browser).cause().isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> {
            assertThat(refused.getResponse().statusCode()).isEqualTo(503);
            assertThat(refused.getResponse().headers().firstValue("Retry-After"))
                    .isPresent();
        });

        first.leaves();
        soon().ignoreExceptions().until(() -> browser() != null);
    }

    @Test
    void a_page_of_another_origin_may_not_listen() {
        assertThatThrownBy(() ->
                        new Browser(server.client(), server.uri("/"), "Origin", "http://evil.example:" + server.port()))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(403));

        new Browser(server.client(), server.uri("/"), "Origin", "http://127.0.0.1:" + server.port()).leaves();
    }

    @Test
    void closing_the_server_says_goodbye_to_browsers() {
        try (var other = new RunningDashboard("", InstantSource.system())) {
            var browser = new Browser(other.client(), other.uri("/")).reading();
            browser.sends("{\"type\": \"watch\", \"overview\": true}");
            soon().untilAsserted(() -> assertThat(browser.frames("overview")).isNotEmpty());

            other.hub.close();

            assertThat(browser.closed().orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(1000);
        }
    }

    @Test
    void a_browser_that_has_nothing_to_show_is_kept_alive() {
        var browser = browser();

        soon().untilAsserted(() -> assertThat(browser.pings).hasPositiveValue());
        assertThat(browser.frames).isEmpty();
    }

    private Browser browser() {
        return new Browser(server.client(), server.uri("/")).reading();
    }

    /// A browser whose watch, which asks for the overview too, is known to have taken effect.
    private Browser watching(String watch) {
        var browser = browser().sends(watch);
        soon().untilAsserted(() -> assertThat(browser.frames("overview")).isNotEmpty());
        return browser;
    }

    private static Outcome message(int number, int points) {
        var same = IntStream.range(0, points)
                .mapToObj(i -> point("t", 1_732_170_000_000L + i, number))
                .toList();
        return Outcomes.outcome("meter", System.currentTimeMillis(), Presence.ONLINE, same, List.of());
    }

    private static List<Double> values(Browser browser, String metric) {
        return browser.frames("points")
                .flatMap(frame ->
                        StreamSupport.stream(frame.at("/series").path(metric).spliterator(), false))
                .map((JsonNode pair) -> pair.get(1).asDouble())
                .toList();
    }

    private static long skipped(Browser browser) {
        return browser.frames("points")
                .mapToLong(frame -> frame.at("/skipped").asLong())
                .sum();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }
}
