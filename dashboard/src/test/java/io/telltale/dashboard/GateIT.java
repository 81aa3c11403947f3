package io.telltale.dashboard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class GateIT {
    private final SettableClock clock = new SettableClock();

    @Test
    void a_loopback_server_answers_to_names_of_loopback_only() throws IOException {
        try (var server = new RunningDashboard("http.allowed-hosts = [Meters.example]", clock)) {
            assertThat(statusFor(server, "127.0.0.1:" + server.port())).isEqualTo(200);
            assertThat(statusFor(server, "localhost:" + server.port())).isEqualTo(200);
            assertThat(statusFor(server, "[::1]:" + server.port())).isEqualTo(200);
            assertThat(statusFor(server, "meters.example")).isEqualTo(200);
            assertThat(statusFor(server, "evil.example")).isEqualTo(403);
            assertThat(statusFor(server, "evil.example:" + server.port())).isEqualTo(403);
            assertThat(statusFor(server, "127.0.0.1.evil.example")).isEqualTo(403);
        }
    }

    @Test
    void with_credentials_set_they_are_demanded_of_all_but_health() {
        try (var server = new RunningDashboard("http { user = admin, password = \"s3cret:ü\" }", clock)) {
            var refused = server.get("/api/v1/overview");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"telltale\"");

            assertThat(statusAs(server, "admin:wrong")).isEqualTo(401);
            assertThat(statusAs(server, "root:s3cret:ü")).isEqualTo(401);
            assertThat(statusAs(server, "admin:s3cret:ü")).isEqualTo(200);
            assertThat(server.get("/").statusCode()).isEqualTo(401);
            assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    private static int statusAs(RunningDashboard server, String userAndPassword) {
        String encoded = Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
        return server.get("/api/v1/overview", "Authorization", "Basic " + encoded)
                .statusCode();
    }

    /// By hand: the JDK's client does not let a test choose `Host`.
    private static int statusFor(RunningDashboard server, String host) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/overview HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}
