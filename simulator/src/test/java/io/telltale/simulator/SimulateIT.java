package io.telltale.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.simulator.TestServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SimulateIT {
    @Test
    void a_run_writes_its_ledger_and_labels_and_ends_with_0(@TempDir Path directory) throws Exception {
        try (var server = new TestServer(publish -> Answer.ACK)) {
            var ledger = directory.resolve("ledger.json");
            var json = directory.resolve("report.json");
            var labels = directory.resolve("labels.jsonl");

            int code = simulate(
                    "--quiet --port %d --devices 3 --rate 900 --duration 500ms --faults --fault-every 5 --ledger %s --json %s --labels %s"
                            .formatted(server.port(), ledger, json, labels));

            assertThat(code).isZero();
            assertThat(Files.readString(ledger)).contains("\"unacked\" : 0", "\"id\" : \"pump-000003\"");
            assertThat(Files.readString(json)).contains("\"unacked\" : 0").doesNotContain("devices");
            assertThat(Files.readAllLines(labels))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("{\"device\":\"") && line.endsWith("}"));
        }
    }

    @Test
    void unacked_messages_end_with_1() throws Exception {
        try (var server = new TestServer(publish -> Answer.SILENCE)) {
            assertThat(simulate("--quiet --port %d --devices 1 --rate 10 --duration 300ms --drain 0s"
                            .formatted(server.port())))
                    .isEqualTo(1);
        }
    }

    @Test
    void a_server_that_is_not_there_ends_with_2() throws Exception {
        int port;
        try (var server = new TestServer(publish -> Answer.ACK)) {
            port = server.port();
        }
        assertThat(simulate("--quiet --port %d --connect-timeout 200ms".formatted(port)))
                .isEqualTo(2);
    }

    @Test
    void wrong_use_ends_with_2() {
        assertThat(simulate("--devices 0")).isEqualTo(2);
        assertThat(simulate("--devices 1 --rate 1001")).isEqualTo(2);
        assertThat(simulate("--duration soon")).isEqualTo(2);
        assertThat(simulate("--labels somewhere.jsonl")).isEqualTo(2);
        assertThat(simulate("--nonsense")).isEqualTo(2);
    }

    @Test
    void a_secret_on_the_command_line_is_refused_and_not_repeated() {
        for (var arguments : List.of(
                "--user me --password hunter2",
                "--api http://me:hunter2@127.0.0.1:8080",
                "--host me:hunter2@127.0.0.1",
                "--api http://127.0.0.1:8080 --api-user me")) {
            assertThat(said(arguments)).startsWith("telltale simulate: --").doesNotContain("hunter2");
        }
        assertThat(said("--user me --password hunter2")).contains("--password-file", "TELLTALE_SIMULATE_PASSWORD");
    }

    @Test
    void qos_2_is_refused_by_its_name() {
        assertThat(said("--qos 2")).contains("QoS 2 is not spoken");
    }

    /// What standard error has of a run that is refused.
    private static String said(String arguments) {
        var before = System.err;
        var bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, UTF_8));
        try {
            assertThat(simulate(arguments)).isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        return bytes.toString(UTF_8);
    }

    private static int simulate(String arguments) {
        return Simulate.commandLine()
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments.split(" "));
    }
}
