package io.telltale.storage;

import com.typesafe.config.Config;
import io.telltale.storage.audit.AuditSettings;
import io.telltale.storage.clickhouse.Address;
import io.telltale.storage.clickhouse.EngineSettings;
import io.telltale.storage.read.ReaderSettings;
import io.telltale.storage.repair.RepairSettings;
import io.telltale.storage.schema.Retention;
import io.telltale.storage.write.WriterSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// What `telltale.storage` in the configuration says.
public record StorageSettings(
        Place place,
        WriterSettings writer,
        ReaderSettings readers,
        RepairSettings repair,
        AuditSettings audit,
        Retention retention) {
    private static final String ROOT = "telltale.storage.";
    private static final long MIB = 1L << 20;

    /// Where ClickHouse is.
    public sealed interface Place {
        record Embedded(EngineSettings engine) implements Place {}

        record External(Address address) implements Place {}
    }

    /// @param config the whole configuration
    /// @throws IllegalArgumentException naming the key, the value and what was expected
    public static StorageSettings from(Config config) {
        var keys = new Keys(config);
        return new StorageSettings(
                place(keys),
                new WriterSettings(
                        keys.duration("writer.linger", Duration.ofMillis(1), Duration.ofSeconds(10)),
                        (int) keys.number("writer.max-rows", 1, 1_000_000),
                        keys.bytes("writer.max-bytes", MIB / 16, 512 * MIB),
                        keys.duration("writer.insert-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                        keys.duration("writer.min-back-off", Duration.ofMillis(10), Duration.ofMinutes(1)),
                        keys.duration("writer.max-back-off", Duration.ofMillis(10), Duration.ofMinutes(10))),
                new ReaderSettings(
                        (int) keys.number("readers.parallelism", 1, 64),
                        keys.duration("readers.timeout", Duration.ofSeconds(1), Duration.ofMinutes(10))),
                new RepairSettings(keys.duration("repair.every", Duration.ofMillis(100), Duration.ofHours(1)), (int)
                        keys.number("repair.max-windows", 1, 100_000)),
                new AuditSettings(
                        keys.flag("audit.enabled"),
                        keys.duration("audit.every", Duration.ofMillis(100), Duration.ofDays(1)),
                        keys.duration("audit.past", Duration.ofMinutes(1), Duration.ofDays(365)),
                        keys.number("audit.max-rows", 1000, 1_000_000_000)),
                new Retention(
                        keys.retention("ttl.points"),
                        keys.retention("ttl.rollups"),
                        keys.retention("ttl.anomalies"),
                        keys.retention("ttl.dead-letters")));
    }

    private static Place place(Keys keys) {
        String url = keys.text("clickhouse.url");
        if (!url.isEmpty()) {
            try {
                return new Place.External(
                        new Address(URI.create(url), keys.text("clickhouse.user"), keys.text("clickhouse.password")));
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(ROOT + "clickhouse.url: " + refused.getMessage(), refused);
            }
        }
        return new Place.Embedded(new EngineSettings(
                Path.of(keys.text("data-dir")),
                Path.of(keys.text("clickhouse.engine-dir")),
                (int) keys.number("clickhouse.port", 0, 65_535),
                keys.bytes("clickhouse.memory", 512 * MIB, Long.MAX_VALUE)));
    }

    private record Keys(Config config) {
        String text(String key) {
            return config.getString(ROOT + key);
        }

        boolean flag(String key) {
            return config.getBoolean(ROOT + key);
        }

        long number(String key, long min, long max) {
            return inRange(key, config.getLong(ROOT + key), min, max);
        }

        long bytes(String key, long min, long max) {
            return inRange(key, config.getBytes(ROOT + key), min, max);
        }

        private static long inRange(String key, long value, long min, long max) {
            if (value < min || value > max) {
                String expected = max == Long.MAX_VALUE ? min + " or more" : min + " to " + max;
                throw new IllegalArgumentException(ROOT + key + ": expected " + expected + ", got " + value);
            }
            return value;
        }

        Duration duration(String key, Duration min, Duration max) {
            Duration value = config.getDuration(ROOT + key);
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                throw new IllegalArgumentException(ROOT + key + ": expected " + min + " to " + max + ", got " + value);
            }
            return value;
        }

        Duration retention(String key) {
            Duration value = config.getDuration(ROOT + key);
            if (value.isNegative() || !value.equals(Duration.ofSeconds(value.toSeconds()))) {
                throw new IllegalArgumentException(ROOT + key + ": expected 0 or whole seconds, got " + value);
            }
            return value;
        }
    }
}
