package io.telltale.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telltale.simulator.TestServer.Answer;
import io.telltale.simulator.report.Accounts;
import io.telltale.simulator.report.ReportFile;
import io.telltale.simulator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs that end before their time, and what they say of it.
@Timeout(60)
class EarlyEndIT {
    private static final int MESSAGES_PER_SECOND = 200;

    @TempDir
    Path directory;

    private Path ledger;
    private Path page;

    @BeforeEach
    void name_the_files() {
        ledger = directory.resolve("ledger.json");
        page = directory.resolve("report.html");
    }

    @Test
    void a_server_that_dies_is_reported_on_with_what_is_true() throws Exception {
        try (var server = new TestServer(publish -> Answer.ACK)) {
            var code = CompletableFuture.supplyAsync(() -> Simulate.commandLine()
                    .execute(arguments(server, "--quiet", "--give-up=1s", "--drain=100ms")
                            .toArray(String[]::new)));
            await().until(() -> server.telemetry().size() > MESSAGES_PER_SECOND);
            server.kill();

            assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            var report = ReportFile.read(ledger);
            assertIsTrue(report, server);
            assertThat(report.connectFailures()).isPositive();
            // What was due went on becoming due while nobody was there.
            double seconds = (report.endMillis() - report.startMillis()) / 1e3;
            assertThat(report.unsent()).isGreaterThan(MESSAGES_PER_SECOND / 2);
            assertThat(report.sent() + report.unsent())
                    .isBetween(
                            Math.round((seconds - 0.5) * MESSAGES_PER_SECOND),
                            Math.round((seconds + 0.1) * MESSAGES_PER_SECOND));
            assertThat(report.timeline().getLast().connected()).isZero();
            assertThat(Files.readString(page)).contains("ended before its time");
        }
    }

    @Test
    void a_program_that_is_told_to_end_prints_and_writes_its_report() throws Exception {
        try (var server = new TestServer(publish -> Answer.ACK)) {
            var process = start(arguments(server));
            try {
                await().until(() -> server.telemetry().size() > MESSAGES_PER_SECOND);
                // SIGTERM, which ends a program by the same hook; a parent in the background may have SIGINT ignored.
                process.destroy();

                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
                assertThat(Files.readString(directory.resolve("printed"))).contains("sent", "acked", "latency ms");
                var report = ReportFile.read(ledger);
                assertIsTrue(report, server);
                assertThat(report.acked()).isEqualTo(server.telemetry().size());
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /// What it says holds together, and with what the server heard.
    private static void assertIsTrue(RunReport report, TestServer server) {
        assertThat(report.isComplete()).isFalse();
        assertThat(report.acked()).isBetween((long) MESSAGES_PER_SECOND / 2, (long)
                server.telemetry().size());
        assertThat(report.unacked()).isEqualTo(report.sent() - report.acked());
        assertThat(report.devices()).hasSize(5);
        assertThat(report.devices().stream().mapToLong(Accounts.Account::acked).sum())
                .isEqualTo(report.acked());
        assertThat(report.latencyMillis().count()).isEqualTo(report.acked());
        assertThat(report.timeline())
                .isNotEmpty()
                .allMatch(second -> second.heapMib() > 0)
                .extracting(RunReport.TimeRow::acked)
                .satisfies(acked -> assertThat(
                                acked.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(report.acked()));
    }

    private List<String> arguments(TestServer server, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--port=" + server.port(),
                "--devices=5",
                "--rate=" + MESSAGES_PER_SECOND,
                "--duration=5m",
                "--ledger=" + ledger,
                "--report=" + page));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private Process start(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Simulate.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("printed").toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
    }
}
