package io.telltale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher as a shell runs it. What is wrong gets one line and exit code 2.
class LauncherIT {
    @TempDir
    Path directory;

    private record Ended(int code, String output) {}

    @Test
    void help_lists_the_commands() throws Exception {
        var ended = run("--help");

        assertThat(ended.code()).isZero();
        assertThat(ended.output()).contains("demo", "server", "audit", "bench", "simulate", "test");
    }

    @Test
    void an_unknown_command_is_wrong_use() throws Exception {
        refused(run("dmeo"), "dmeo");
    }

    @Test
    void a_wrong_setting_is_named() throws Exception {
        refused(
                run("server", "--set", "telltale.gateway.mqtt.port=70000"),
                "telltale.gateway.mqtt.port: expected 0 to 65535, got 70000");
    }

    @Test
    void what_is_taken_or_away_is_named() throws Exception {
        try (var running = TestServers.start(directory.resolve("taken"))) {
            int port = running.mqttPort();
            refused(server("telltale.gateway.mqtt.port=" + port), "telltale.gateway.mqtt.port", "127.0.0.1:" + port);
            port = running.httpPort();
            refused(server("telltale.dashboard.http.port=" + port), "telltale.dashboard.http.port", ":" + port);
            port = URI.create(running.store().httpAddress()).getPort();
            refused(server("telltale.storage.clickhouse.port=" + port), "telltale.storage.clickhouse.port", "" + port);
            refused(server("telltale.data-dir=" + directory.resolve("taken")), "already in use");
            refused(server("telltale.data-dir=/proc/none"), "/proc/none");
            refused(
                    server("telltale.storage.clickhouse.url=http://127.0.0.1:1"),
                    "telltale.storage.clickhouse.url",
                    "127.0.0.1:1");
        }
    }

    @Test
    void a_platform_without_an_engine_is_told_what_to_do_instead() throws Exception {
        var environment = Map.of("TELLTALE_SKIP_BUILD", "1", "TELLTALE_JAVA_OPTS", "-Dos.name=Plan9 -Dos.arch=mips");
        var arguments = arguments("telltale.storage.clickhouse.engine-dir=" + directory);

        refused(
                run(environment, TestServers.HOME.resolve("telltale"), arguments),
                "there is none for Plan9 mips",
                "telltale.storage.clickhouse.url");
    }

    @Test
    void a_missing_jdk_is_named_with_the_way_to_get_it() throws Exception {
        refused(run(Map.of(), copy("need_java=25", "need_java=999"), "server"), "needs a JDK 999 or newer");
    }

    @Test
    void a_missing_node_is_named_with_the_way_to_get_it() throws Exception {
        refused(run(Map.of(), copy("need_node=20", "need_node=999"), "server"), "needs Node 999 or newer");
    }

    private static void refused(Ended ended, String... reasons) {
        assertThat(ended.output()).contains(reasons).doesNotContain("\tat ");
        assertThat(ended.output().strip().lines()).hasSize(1);
        assertThat(ended.code()).isEqualTo(2);
    }

    /// The launcher alone, in a directory where nothing is built, with other needs.
    private Path copy(String need, String otherNeed) throws IOException {
        var script = Files.readString(TestServers.HOME.resolve("telltale"));
        assertThat(script).contains(need);
        var copy = Files.writeString(directory.resolve("telltale"), script.replace(need, otherNeed));
        return Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended server(String setting) throws IOException, InterruptedException {
        return run(arguments(setting));
    }

    /// A server on free ports with a directory of its own, but for `setting`.
    private String[] arguments(String setting) {
        return new String[] {
            "server",
            "--set=telltale.data-dir=" + directory.resolve("other"),
            "--set=telltale.gateway.mqtt.port=0",
            "--set=telltale.dashboard.http.port=0",
            "--set=telltale.storage.clickhouse.port=0",
            "--set=" + setting
        };
    }

    /// The checkout's own launcher; what it would build is being tested right now.
    private static Ended run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of("TELLTALE_SKIP_BUILD", "1"), TestServers.HOME.resolve("telltale"), arguments);
    }

    private static Ended run(Map<String, String> environment, Path launcher, String... arguments)
            throws IOException, InterruptedException {
        var command = new ProcessBuilder(launcher.toString());
        command.command().addAll(List.of(arguments));
        command.environment().putAll(environment);
        var process = command.redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
