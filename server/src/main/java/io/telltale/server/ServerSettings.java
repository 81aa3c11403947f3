package io.telltale.server;

import com.typesafe.config.Config;
import io.telltale.dashboard.DashboardSettings;
import io.telltale.devices.DeviceSettings;
import io.telltale.gateway.GatewaySettings;
import io.telltale.storage.StorageSettings;
import io.telltale.storage.read.Recovery;
import java.nio.file.Path;
import java.time.Duration;

/// Every module's settings, read and validated before anything starts.
///
/// @param config what they were read from, for the actor system
/// @param window elements in flight on a door's line, from the gateway's one setting
public record ServerSettings(
        Config config,
        GatewaySettings gateway,
        DeviceSettings devices,
        StorageSettings storage,
        DashboardSettings dashboard,
        Path dataDir,
        int window,
        int sweepWindow,
        Duration shutdownDeadline,
        Duration restartBackoffMin,
        Duration restartBackoffMax) {

    /// @throws IllegalArgumentException naming the key, its value and what was expected
    public static ServerSettings from(Config config) {
        var gateway = GatewaySettings.from(config);
        return new ServerSettings(
                config,
                gateway,
                DeviceSettings.from(config),
                StorageSettings.from(config),
                DashboardSettings.from(config),
                Path.of(config.getString("telltale.data-dir")),
                gateway.window(),
                within(config, "telltale.server.sweep-window", 1, 65_536),
                within(config, "telltale.server.shutdown-deadline", Duration.ofSeconds(1), Duration.ofSeconds(60)),
                within(config, "telltale.server.restart-backoff-min", Duration.ofMillis(10), Duration.ofMinutes(1)),
                within(config, "telltale.server.restart-backoff-max", Duration.ofMillis(10), Duration.ofMinutes(1)));
    }

    private static int within(Config config, String key, int min, int max) {
        int value = config.getInt(key);
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + ": expected " + min + " to " + max + ", got " + value);
        }
        return value;
    }

    private static Duration within(Config config, String key, Duration min, Duration max) {
        var value = config.getDuration(key);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(key + ": expected " + min.toMillis() + " ms to " + max.toMillis()
                    + " ms, got " + value.toMillis() + " ms");
        }
        return value;
    }

    /// What the store must know of the devices' windows.
    public Recovery recovery() {
        var rules = devices.rules();
        return new Recovery(
                rules.windows().widths(), rules.windows().allowedLateness(), rules.silenceGrace(), rules.resendAfter());
    }
}
