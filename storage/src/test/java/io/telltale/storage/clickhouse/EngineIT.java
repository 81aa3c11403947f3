package io.telltale.storage.clickhouse;

import static io.telltale.storage.Outcomes.number;
import static io.telltale.storage.Outcomes.points;
import static io.telltale.storage.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.telltale.storage.OutcomeStore;
import io.telltale.storage.TestStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path data;

    @Test
    void rows_survive_an_orderly_stop_and_the_engine_does_not() {
        long pid;
        try (var test = TestStore.open(data)) {
            test.write(points("a", number("m", 1, 1)));
            pid = pid(test.store());
        }
        assertThat(ProcessHandle.of(pid)).isEmpty();

        try (var test = TestStore.open(data)) {
            assertThat(await(test.store().storedSince(0)).points()).isEqualTo(1);
        }
    }

    @Test
    void a_killed_engine_is_started_again_at_the_same_address_with_every_row() {
        try (var test = TestStore.open(data)) {
            test.write(points("a", number("m", 1, 1)));
            long pid = pid(test.store());
            String address = test.store().httpAddress();

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            test.write(points("a", number("m", 2, 2)));

            assertThat(await(test.store().storedSince(0)).points()).isEqualTo(2);
            assertThat(test.store().httpAddress()).isEqualTo(address);
            assertThat(pid(test.store())).isNotEqualTo(pid);
            assertThat(test.registry()
                            .get("telltale.storage.engine.restarts")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void an_engine_killed_while_it_starts_is_started_again() {
        var opening = CompletableFuture.supplyAsync(() -> TestStore.open(data));

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(EngineIT::killOne);

        try (var test = opening.join()) {
            test.write(points("a", number("m", 2, 2)));
        }
    }

    private static boolean killOne() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("EngineHost"))
                .anyMatch(ProcessHandle::destroyForcibly);
    }

    @Test
    void an_engine_told_to_stop_by_somebody_else_is_started_again() {
        try (var test = TestStore.open(data)) {
            long pid = pid(test.store());

            ProcessHandle.of(pid).orElseThrow().destroy();

            await().atMost(PATIENCE).until(() -> pid(test.store()) != pid);
            test.write(points("a", number("m", 2, 2)));
        }
    }

    @Test
    void the_engine_ends_when_its_parent_is_killed_and_the_next_start_succeeds() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long pid;
        try (var said = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            pid = said.lines()
                    .filter(line -> line.startsWith("engine "))
                    .mapToLong(line -> Long.parseLong(line.substring(7)))
                    .findFirst()
                    .orElseThrow();
        } finally {
            parent.destroyForcibly().waitFor();
        }

        try (var test = TestStore.open(data)) {
            assertThat(await(test.store().storedSince(0)).points()).isZero();
        }
        await().atMost(PATIENCE).until(() -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void the_terminals_control_c_reaches_the_server_alone() throws IOException {
        try (var test = TestStore.open(data)) {
            long pid = pid(test.store());
            String[] status =
                    Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ");

            assertThat(status[5]).as("session").isEqualTo(Long.toString(pid));
        }
    }

    @Test
    void a_data_directory_serves_one_at_a_time() {
        try (var test = TestStore.open(data)) {
            assertThat(test.store().health().waitingRows()).isZero();

            assertThatThrownBy(() -> TestStore.open(data))
                    .isInstanceOf(ClickHouseException.class)
                    .hasMessage("data directory " + data.toAbsolutePath()
                            + " is already in use by another Telltale (pid "
                            + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void a_taken_port_is_named_with_its_setting() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            TestStore.open(data, Map.of("telltale.storage.clickhouse.port", taken.getLocalPort())))
                    .isInstanceOf(ClickHouseException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("telltale.storage.clickhouse.port");
        }
    }

    @Test
    void a_missing_library_is_explained() {
        assertThatThrownBy(() -> TestStore.open(
                        data,
                        Map.of(
                                "telltale.storage.clickhouse.engine-dir",
                                data.resolve("none").toString())))
                .isInstanceOf(ClickHouseException.class)
                .hasMessageContaining("none/install")
                .hasMessageContaining("telltale.storage.clickhouse.url");
    }

    @Test
    void an_address_where_nobody_answers_is_named() {
        assertThatThrownBy(() -> TestStore.open(data, Map.of("telltale.storage.clickhouse.url", "http://127.0.0.1:1")))
                .isInstanceOf(ClickHouseException.class)
                .hasMessageContaining("telltale.storage.clickhouse.url")
                .hasMessageContaining("http://127.0.0.1:1");
    }

    @Test
    void a_clickhouse_that_somebody_else_runs_will_do() {
        try (var test = TestStore.open(data)) {
            Address address = test.store().address();
            Map<String, Object> external = Map.of(
                    "telltale.storage.clickhouse.url", address.url().toString(),
                    "telltale.storage.clickhouse.user", address.user(),
                    "telltale.storage.clickhouse.password", address.password());
            try (var other = TestStore.open(data, external)) {
                other.write(points("a", number("m", 1, 1)));
                assertThat(other.store().enginePid()).isEmpty();
            }
            assertThat(await(test.store().storedSince(0)).points()).isEqualTo(1);
        }
    }

    @Test
    void only_we_may_ask_and_nobody_may_read_files_of_the_host() throws Exception {
        try (var test = TestStore.open(data)) {
            assertThat(post(test.store().httpAddress(), "SELECT count() FROM telltale.points"))
                    .contains("DB::Exception");

            Path password = data.resolve("run/password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                    .isEqualTo("rw-------");
            String login =
                    "/?user=telltale&password=" + Files.readString(password).strip();
            assertThat(post(test.store().httpAddress() + login, "SELECT count() FROM telltale.points"))
                    .isEqualTo("0\n");
            assertThat(post(
                            test.store().httpAddress() + login,
                            "SELECT * FROM file('/etc/passwd', 'LineAsString') LIMIT 1"))
                    .contains("ACCESS_DENIED");
        }
    }

    private static String post(String uri, String sql) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(uri))
                    .POST(HttpRequest.BodyPublishers.ofString(sql))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static long pid(OutcomeStore store) {
        return store.enginePid().orElseThrow();
    }

    /// A Telltale that is going to be killed.
    static final class Parent {
        private Parent() {}

        static void main(String[] arguments) {
            var test = TestStore.open(Path.of(arguments[0]));
            System.out.println("engine " + pid(test.store()));
        }
    }
}
