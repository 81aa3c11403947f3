package io.telltale.server.bench.peers;

import java.io.File;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a contender is started as a process of its own.
///
/// @param environment beside ours: passwords are not for command lines
record Program(List<String> command, Map<String, String> environment) {
    Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /// The flow of `peers/node-red`.
    ///
    /// @param installed where `npm ci` put it
    static Program nodeRed(Path home, Path installed, Path directory, int mqttPort, Store store) {
        var peer = home.resolve("peers/node-red");
        var insert = "%s/?user=%s&password=%s&query=%s"
                .formatted(
                        store.address().url(),
                        store.address().user(),
                        store.address().password(),
                        encoded("INSERT INTO telltale.points (device, metric, event_time, value) FORMAT TSV"));
        return new Program(
                List.of(
                        "node",
                        installed.resolve("node_modules/node-red/red.js").toString(),
                        "--userDir=" + directory,
                        "--settings=" + peer.resolve("settings.js").toAbsolutePath(),
                        peer.resolve("flow.json").toAbsolutePath().toString()),
                Map.of("MQTT_PORT", Integer.toString(mqttPort), "INSERT_URL", insert));
    }

    /// The program of `peers/jdbc`, run from its source with the libraries that Telltale has, too.
    static Program jdbc(Path home, int mqttPort, Store store) {
        var peer = home.resolve("peers/jdbc");
        var libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("telltale-"))
                .collect(Collectors.joining(File.pathSeparator));
        var command = java();
        command.addAll(List.of(
                "-Dlogback.configurationFile=" + peer.resolve("logback.xml"),
                "-cp",
                libraries,
                peer.resolve("MqttToClickHouse.java").toString(),
                Integer.toString(mqttPort),
                "jdbc:clickhouse:" + store.address().url(),
                store.address().user()));
        return new Program(
                command, Map.of("CLICKHOUSE_PASSWORD", store.address().password()));
    }

    /// Telltale as it is.
    static Program telltale(Path home, Path directory, Store store, List<String> sets) {
        var command = java();
        command.addAll(List.of(
                "-Dtelltale.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                "io.telltale.server.cli.Telltale",
                "server",
                "--set=telltale.data-dir=" + directory.resolve("data"),
                "--set=telltale.dashboard.http.port=0",
                "--set=telltale.storage.clickhouse.url=" + store.address().url(),
                "--set=telltale.storage.clickhouse.user=" + store.address().user()));
        sets.forEach(set -> command.add("--set=" + set));
        return new Program(
                command,
                Map.of("TELLTALE_STORAGE_CLICKHOUSE_PASSWORD", store.address().password()));
    }

    /// With the options of the launcher.
    private static ArrayList<String> java() {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
