package io.telltale.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.BindException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The server itself: what it says of its health, and to whom it speaks how.
class DashboardIT {
    private static final SettableClock CLOCK = new SettableClock();
    private static final Contract CONTRACT = new Contract();

    @RegisterExtension
    static final RunningDashboard server = Boilers.dashboard(CLOCK);

    @Test
    void health_is_up_while_every_check_is() {
        assertThat(CONTRACT.ok("Health", server.get("/health/live"))
                        .at("/status")
                        .asText())
                .isEqualTo("up");
        assertThat(CONTRACT.ok("Health", server.get("/health/ready"))
                        .at("/checks/store")
                        .asText())
                .isEqualTo("up");

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
    void requests_are_measured() {
        server.get("/api/v1/overview");

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(server.get("/metrics").body())
                        .contains("telltale_dashboard_http_requests_seconds_count{status=\"200\"}"));
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

    @Test
    void a_fault_is_told_without_its_trace() {
        server.store = () -> {
            throw new IllegalStateException("secret detail");
        };
        try {
            var response = server.get("/api/v1/overview");

            CONTRACT.problem(500, response, "a fault of the server");
            assertThat(response.body()).doesNotContain("secret detail");
        } finally {
            server.store = () -> RunningDashboard.STORE;
        }
    }

    @Test
    void a_taken_port_is_named() {
        assertThatThrownBy(() -> new RunningDashboard("http.port = " + server.port(), CLOCK).close())
                .hasRootCauseInstanceOf(BindException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("telltale.dashboard.http.port", "127.0.0.1:" + server.port());
    }
}
