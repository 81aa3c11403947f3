package io.telltale.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be asked, and how a wrong question is refused.
class RequestsIT {
    private static final Contract CONTRACT = new Contract();

    @RegisterExtension
    static final RunningDashboard server = Boilers.dashboard(new SettableClock());

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
        CONTRACT.problem(400, server.get("/api/v1/" + path), detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/alarm", "/api/v1/", "/api/v2/devices", "/api", "/api/v1/devices/a/b/c", "/health/x"})
    void an_unknown_path_of_the_api_is_not_found(String path) {
        CONTRACT.problem(404, server.get(path), "");
    }

    @Test
    void only_reading_is_offered() {
        var request =
                HttpRequest.newBuilder(server.uri("/api/v1/devices")).DELETE().build();

        CONTRACT.problem(405, server.send(request), "expected GET or HEAD, got DELETE");
    }

    @Test
    void head_is_answered_without_a_body() {
        var request =
                HttpRequest.newBuilder(server.uri("/api/v1/devices")).HEAD().build();

        var response = server.send(request);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }
}
