package io.telltale.devices;

import com.typesafe.config.Config;
import io.telltale.analytics.anomaly.Detection;
import io.telltale.analytics.anomaly.Limits;
import io.telltale.analytics.window.WindowSettings;
import io.telltale.devices.state.DeviceRules;
import io.telltale.devices.state.DeviceType;
import io.telltale.devices.state.DeviceTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The settings under `telltale.devices`.
public record DeviceSettings(
        DeviceRules rules,
        Duration sweepEvery,
        Duration sweepResumesAfter,
        Duration askDeadline,
        int maxStashed,
        Duration recoveryBackoffMin,
        Duration recoveryBackoffMax,
        int shards) {
    private static final String ROOT = "telltale.devices";

    /// @throws IllegalArgumentException naming the key, its value and what was expected
    public static DeviceSettings from(Config config) {
        var read = new Reader(config.getConfig(ROOT));
        var staleAfter = read.duration("stale-after", Duration.ofSeconds(1), Duration.ofDays(7));
        var offlineAfter = read.duration("offline-after", staleAfter.plusMillis(1), Duration.ofDays(7));
        var rules = new DeviceRules(
                read.windows(),
                read.within("max-metrics", 1, 100_000),
                read.duration("silence-grace", Duration.ofSeconds(1), Duration.ofHours(1)),
                staleAfter,
                offlineAfter,
                read.duration("passivate-after", offlineAfter.plusMillis(1), Duration.ofDays(30)),
                read.duration("snapshot-every", Duration.ofSeconds(1), Duration.ofDays(1)),
                read.duration("resend-after", Duration.ofSeconds(1), Duration.ofHours(1)),
                read.detection(),
                read.limits(),
                read.types());
        return new DeviceSettings(
                rules,
                read.duration("sweep-every", Duration.ofMillis(100), Duration.ofMinutes(1)),
                read.duration("sweep-resumes-after", Duration.ZERO, Duration.ofMinutes(10)),
                read.duration("ask-deadline", Duration.ofSeconds(1), Duration.ofHours(1)),
                read.within("max-stashed", 16, 1_000_000),
                read.duration("recovery-backoff-min", Duration.ofMillis(10), Duration.ofMinutes(1)),
                read.duration("recovery-backoff-max", Duration.ofMillis(10), Duration.ofMinutes(1)),
                read.within("shards", 1, 10_000));
    }

    private record Reader(Config config) {
        int within(String key, int min, int max) {
            int value = config.getInt(key);
            if (value < min || value > max) {
                throw refused(key, min + " to " + max, value);
            }
            return value;
        }

        Duration duration(String key, Duration min, Duration max) {
            var value = config.getDuration(key);
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                throw refused(key, min.toMillis() + " ms to " + max.toMillis() + " ms", value.toMillis() + " ms");
            }
            return value;
        }

        WindowSettings windows() {
            var lateness = duration("allowed-lateness", Duration.ZERO, Duration.ofDays(1));
            int maxRecent = within("max-recent-points", 16, 1_000_000);
            try {
                return new WindowSettings(config.getDurationList("windows"), lateness, maxRecent);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(ROOT + ".windows: " + e.getMessage(), e);
            }
        }

        Detection detection() {
            var key = "detection.false-alarms-per-day";
            double value = config.getDouble(key);
            try {
                return new Detection(value);
            } catch (IllegalArgumentException _) {
                throw refused(key, "more than 0, at most 1000", value);
            }
        }

        Map<String, Limits> limits() {
            var all = new HashMap<String, Limits>();
            for (Config limit : config.getConfigList("limits")) {
                try {
                    all.put(
                            limit.getString("metric"),
                            new Limits(
                                    bound(limit, "min", Limits.NONE.min()),
                                    bound(limit, "max", Limits.NONE.max()),
                                    bound(limit, "max-rate-per-second", Limits.NONE.maxRatePerSecond())));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(ROOT + ".limits: " + e.getMessage(), e);
                }
            }
            return all;
        }

        DeviceTypes types() {
            var all = new ArrayList<DeviceType>();
            for (Config type : config.getConfigList("types")) {
                try {
                    all.add(new DeviceType(
                            type.getString("name"),
                            type.getString("ids"),
                            isSet(type, "correlations"),
                            isSet(type, "peers")));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(ROOT + ".types: " + e.getMessage(), e);
                }
            }
            return new DeviceTypes(all, duration("peers-every", Duration.ofSeconds(1), Duration.ofDays(1)));
        }

        private static boolean isSet(Config type, String key) {
            return type.hasPath(key) && type.getBoolean(key);
        }

        private static double bound(Config limit, String key, double none) {
            return limit.hasPath(key) ? limit.getDouble(key) : none;
        }

        private static IllegalArgumentException refused(String key, String expected, Object got) {
            return new IllegalArgumentException(ROOT + "." + key + ": expected " + expected + ", got " + got);
        }
    }

    public DeviceSettings {
        if (recoveryBackoffMax.compareTo(recoveryBackoffMin) < 0) {
            throw new IllegalArgumentException(ROOT + ".recovery-backoff-max: expected at least recovery-backoff-min ("
                    + recoveryBackoffMin.toMillis() + " ms), got " + recoveryBackoffMax.toMillis() + " ms");
        }
    }

    /// Widths of the windows, ascending.
    public List<Duration> windows() {
        return rules.windows().widths();
    }
}
