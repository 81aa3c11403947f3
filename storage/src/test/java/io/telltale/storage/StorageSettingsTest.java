package io.telltale.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
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
import org.junit.jupiter.api.Test;

class StorageSettingsTest {
    @Test
    void the_defaults_are_these() {
        assertThat(StorageSettings.from(config("")))
                .isEqualTo(new StorageSettings(
                        new StorageSettings.Place.Embedded(new EngineSettings(
                                Path.of("data/clickhouse"), Path.of("storage/engine"), 8123, 2L << 30)),
                        new WriterSettings(
                                Duration.ofMillis(100),
                                200_000,
                                32 << 20,
                                Duration.ofSeconds(30),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(5)),
                        new ReaderSettings(4, Duration.ofSeconds(20)),
                        new RepairSettings(Duration.ofSeconds(5), 500),
                        new AuditSettings(true, Duration.ofMinutes(1), Duration.ofMinutes(10), 2_000_000),
                        new Retention(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofDays(90))));
    }

    @Test
    void the_data_directory_and_the_home_carry_the_storage_along() {
        var settings = StorageSettings.from(config("telltale { data-dir = /d, home = /h }"));

        assertThat(settings.place())
                .isEqualTo(new StorageSettings.Place.Embedded(
                        new EngineSettings(Path.of("/d/clickhouse"), Path.of("/h/storage/engine"), 8123, 2L << 30)));
    }

    @Test
    void an_address_takes_the_place_of_the_embedded_engine_and_keeps_its_password_to_itself() {
        var settings = StorageSettings.from(
                config("telltale.storage.clickhouse { url = \"http://db:8123\", user = u, password = secret }"));

        assertThat(settings.place())
                .isEqualTo(
                        new StorageSettings.Place.External(new Address(URI.create("http://db:8123"), "u", "secret")));
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void what_is_refused_is_named() {
        assertRefused("telltale.storage.clickhouse.port = 70000", "telltale.storage.clickhouse.port", "70000");
        assertRefused(
                "telltale.storage.clickhouse.url = \"db\"", "telltale.storage.clickhouse.url", "http://host:port");
        assertRefused("telltale.storage.clickhouse.memory = 1 MiB", "telltale.storage.clickhouse.memory", "1048576");
        assertRefused("telltale.storage.writer.linger = 0 ms", "telltale.storage.writer.linger", "PT0S");
        assertRefused("telltale.storage.writer.max-rows = 0", "telltale.storage.writer.max-rows", "1 to 1000000");
        assertRefused("telltale.storage.ttl.points = 500 ms", "telltale.storage.ttl.points", "whole seconds");
    }

    private static void assertRefused(String setting, String... named) {
        assertThatThrownBy(() -> StorageSettings.from(config(setting)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(named);
    }

    private static Config config(String overrides) {
        return ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseResources("reference.conf"))
                .resolve();
    }
}
