package io.telltale.dashboard;

import com.typesafe.config.Config;
import io.telltale.dashboard.devices.DeviceIndex;
import io.telltale.dashboard.http.HttpSettings;
import io.telltale.dashboard.live.LiveSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Everything about the dashboard that can be set: `telltale.dashboard` in `reference.conf`.
public record DashboardSettings(HttpSettings http, LiveSettings live, DeviceIndex.Limits limits) {
    private static final String ROOT = "telltale.dashboard.";

    /// @param config the whole of it, from the root
    /// @throws IllegalArgumentException names the key, the value and what was expected
    public static DashboardSettings from(Config config) {
        var http = new HttpSettings(
                config.getString(ROOT + "http.host"),
                whole(config, "http.port", 0, 65_535),
                credentials(config),
                lowerCase(config),
                webRoot(config),
                whole(config, "limits.concurrent-queries", 1, 1000),
                duration(config, "limits.query-timeout", Duration.ofMillis(100), Duration.ofSeconds(60)),
                new HttpSettings.Replay(
                        whole(config, "limits.replayed-letters", 1, 10_000),
                        duration(config, "limits.replay-timeout", Duration.ofMillis(100), Duration.ofSeconds(60))));
        var live = new LiveSettings(
                whole(config, "live.max-sessions", 1, 10_000),
                duration(config, "live.frame-interval", Duration.ofMillis(10), Duration.ofSeconds(10)),
                whole(config, "live.max-points-per-frame", 1, 100_000),
                whole(config, "live.max-anomalies-per-frame", 1, 10_000),
                whole(config, "live.max-request-length", 1000, 10_000_000),
                duration(config, "live.keep-alive", Duration.ofSeconds(1), Duration.ofSeconds(50)));
        var limits = new DeviceIndex.Limits(
                whole(config, "limits.devices", 1, 100_000_000),
                whole(config, "limits.metrics-per-device", 1, 100_000));
        return new DashboardSettings(http, live, limits);
    }

    private static Optional<HttpSettings.Credentials> credentials(Config config) {
        String user = config.getString(ROOT + "http.user");
        String password = config.getString(ROOT + "http.password");
        if (user.isEmpty() != password.isEmpty() || user.contains(":")) {
            throw new IllegalArgumentException(ROOT + "http.user: expected a name without ':' together with " + ROOT
                    + "http.password, or neither");
        }
        return user.isEmpty() ? Optional.empty() : Optional.of(new HttpSettings.Credentials(user, password));
    }

    private static Set<String> lowerCase(Config config) {
        var hosts = new HashSet<String>();
        for (String host : config.getStringList(ROOT + "http.allowed-hosts")) {
            hosts.add(host.toLowerCase(Locale.ROOT));
        }
        return hosts;
    }

    private static String webRoot(Config config) {
        String root = config.getString(ROOT + "http.web-root");
        if (!root.startsWith("/") || root.endsWith("/")) {
            throw new IllegalArgumentException(
                    ROOT + "http.web-root: expected a resource folder like /web, got " + root);
        }
        return root;
    }

    private static int whole(Config config, String key, int least, int most) {
        int value = config.getInt(ROOT + key);
        if (value < least || value > most) {
            throw new IllegalArgumentException(ROOT + key + ": expected " + least + " to " + most + ", got " + value);
        }
        return value;
    }

    private static Duration duration(Config config, String key, Duration least, Duration most) {
        Duration value = config.getDuration(ROOT + key);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(ROOT + key + ": expected " + least.toMillis() + " ms to "
                    + most.toMillis() + " ms, got " + value.toMillis() + " ms");
        }
        return value;
    }
}
