package io.telltale.server.bench;

import io.telltale.server.ServerSettings;
import io.telltale.server.TelltaleServer;
import io.telltale.server.settings.SettingSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A real server for one benchmark, with data of its own.
public final class OwnServer {
    private static final Path HOME = Path.of(System.getProperty("telltale.home", "."));

    private OwnServer() {}

    /// @param mqttPort 0 for any free one, as for HTTP
    /// @param sets `key=value` pairs; the last of a key wins
    public static TelltaleServer start(Path data, int mqttPort, int httpPort, List<String> sets) {
        var all = new ArrayList<>(List.of(
                "telltale.home=" + HOME,
                "telltale.data-dir=" + data,
                "telltale.gateway.mqtt.port=" + mqttPort,
                "telltale.dashboard.http.port=" + httpPort,
                "telltale.storage.clickhouse.port=0",
                "telltale.storage.readers.timeout=10m")); // the account at the end reads everything
        all.addAll(sets);
        return TelltaleServer.start(
                ServerSettings.from(new SettingSources().load(Optional.empty(), all, System.getenv())));
    }
}
