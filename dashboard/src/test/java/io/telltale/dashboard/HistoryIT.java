package io.telltale.dashboard;

import static io.telltale.dashboard.Outcomes.spike;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Feedback;
import io.telltale.analytics.model.Found;
import io.telltale.analytics.model.Series;
import io.telltale.analytics.model.SeriesKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read from the store: series and anomalies, and what people say of these.
class HistoryIT {
    private static final SettableClock CLOCK = new SettableClock();
    private static final Contract CONTRACT = new Contract();

    @RegisterExtension
    static final RunningDashboard server = Boilers.dashboard(CLOCK);

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

        var series = CONTRACT.ok("Series", server.get("/api/v1/devices/boiler-1/series?metric=temperature"));

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

        var series = CONTRACT.ok(
                "Series", server.get("/api/v1/devices/boiler-2/series?metric=t&from=7200000&to=7300000&band=true"));

        assertThat(asked)
                .extracting(Series.Query::fromMillis)
                .as("the stretch, and an hour before to learn from")
                .containsExactly(7_200_000L, 3_600_000L);
        assertThat(series.at("/low")).hasSize(100);
        assertThat(series.at("/low/0").asDouble()).isBetween(15.0, 20.0);
        assertThat(series.at("/high/0").asDouble()).isBetween(21.0, 26.0);
        assertThat(CONTRACT.ok("Series", server.get("/api/v1/devices/boiler-2/series?metric=t"))
                        .has("low"))
                .isFalse();
    }

    @Test
    void anomalies_are_found_by_device_and_time() {
        var asked = new AtomicReference<Found.Query>();
        server.anomalies = query -> {
            asked.set(query);
            return CompletableFuture.completedStage(new Found<>(List.of(spike("boiler-2", 5000)), 17));
        };

        var found = CONTRACT.ok(
                "AnomalyPage", server.get("/api/v1/anomalies?device=boiler-2&from=1000&to=9000&offset=3&limit=5"));

        assertThat(asked.get()).isEqualTo(new Found.Query(Optional.of(new DeviceId("boiler-2")), 1000, 9000, 3, 5));
        assertThat(found.at("/total").asInt()).isEqualTo(17);
        assertThat(found.at("/items/0/kind").asText()).isEqualTo("spike");
        assertThat(found.at("/items/0/upper").isNull()).isTrue();
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

        var kept = CONTRACT.ok("Said", answer);
        assertThat(kept.at("/strictness").asInt()).isEqualTo(3);
        assertThat(kept.at("/saidBy").asText()).isEqualTo("nora");
        assertThat(CONTRACT.ok("FeedbackList", server.get("/api/v1/feedback?device=boiler-2&from=0&to=9000"))
                        .at("/items/0/verdict")
                        .asText())
                .isEqualTo("false-alarm");
        CONTRACT.problem(
                400, server.post("/api/v1/feedback", "{\"device\": \"a\"}"), "kind: expected that of an anomaly");
    }

    @Test
    void a_store_that_fails_is_unavailable_and_says_when_to_ask_again() {
        server.anomalies = query -> CompletableFuture.failedStage(new IllegalStateException("connection refused"));

        var response = server.get("/api/v1/anomalies");

        CONTRACT.problem(503, response, "the store does not answer");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(response.body()).doesNotContain("connection refused");
    }

    @Test
    void a_store_that_hangs_is_given_up_on_and_not_asked_without_end() {
        var hanging = new CompletableFuture<Found<Anomaly>>();
        server.anomalies = query -> hanging;
        for (int i = 0; i < 4; i++) {
            CONTRACT.problem(503, server.get("/api/v1/anomalies"), "the store does not answer");
        }

        CONTRACT.problem(503, server.get("/api/v1/anomalies"), "4 queries are running already");

        hanging.completeExceptionally(new IllegalStateException("gone"));
        server.anomalies = query -> CompletableFuture.completedStage(new Found<>(List.of(), 0));
        CONTRACT.ok("AnomalyPage", server.get("/api/v1/anomalies"));
    }
}
