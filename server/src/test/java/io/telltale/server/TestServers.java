package io.telltale.server;

import io.telltale.server.settings.SettingSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Real servers on free ports with a directory of their own.
public final class TestServers {
    /// The checkout, as the launcher would name it.
    public static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private TestServers() {}

    public static TelltaleServer start(Path directory, String... sets) {
        return TelltaleServer.start(settings(directory, sets));
    }

    public static ServerSettings settings(Path directory, String... sets) {
        var all = new ArrayList<>(List.of(
                "telltale.home=" + HOME,
                "telltale.data-dir=" + directory,
                "telltale.gateway.mqtt.port=0",
                "telltale.dashboard.http.port=0",
                "telltale.storage.clickhouse.port=0"));
        all.addAll(List.of(sets));
        return ServerSettings.from(new SettingSources().load(Optional.empty(), all, Map.of()));
    }
}
