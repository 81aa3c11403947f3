package io.telltale.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telltale.storage.TestStore;
import io.telltale.storage.clickhouse.ClickHouseException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationsIT {
    private TestStore test;
    private Connection connection;

    @BeforeAll
    void open(@TempDir Path data) {
        test = TestStore.open(data);
    }

    @AfterAll
    void close() {
        test.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = test.store().address().connect(Duration.ofSeconds(30));
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void every_script_is_applied_once_and_remembered() throws SQLException {
        Migrations.ofThisVersion().apply(connection);

        assertThat(texts("SELECT name FROM telltale.migrations WHERE name < '900' ORDER BY name"))
                .containsExactly(
                        "001_tables.sql",
                        "002_late_windows.sql",
                        "003_dead_letter_replay.sql",
                        "004_points_in_order.sql",
                        "005_emissions.sql",
                        "006_anomaly_evidence.sql",
                        "007_feedback.sql",
                        "008_finer_granules.sql");
        assertThat(texts("SELECT name FROM system.tables WHERE database = 'telltale'"))
                .contains("points", "rollups", "anomalies", "dead_letters", "device_state", "late_windows");
    }

    /// As if it had stopped before it was remembered, wherever that was: at the end everything has been done.
    @Test
    void finer_granules_come_again_without_harm() throws SQLException {
        Migrations.ofThisVersion().apply(connection);
        new Retention(Duration.ZERO, Duration.ofDays(365), Duration.ZERO, Duration.ofDays(90)).apply(connection);
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO telltale.rollups (device, metric, width_millis, window_start, version, count, stored_at)
                    VALUES ('boiler', 'heat', 10000, 10000, 1, 5, now()), ('boiler', 'heat', 10000, 20000, 1, 7, now())""");
            statement.execute("CREATE TABLE telltale.rollups_finer (x UInt8) ENGINE = Memory");
            statement.execute("""
                    ALTER TABLE telltale.migrations DELETE WHERE name = '008_finer_granules.sql'
                    SETTINGS mutations_sync = 1""");
        }

        Migrations.ofThisVersion().apply(connection);

        assertThat(texts("SELECT toString(count) FROM telltale.rollups FINAL WHERE device = 'boiler' ORDER BY count"))
                .containsExactly("5", "7");
        assertThat(definition("rollups")).contains("index_granularity = 2048");
        assertThat(texts("SELECT name FROM system.tables WHERE database = 'telltale' AND name LIKE '%_finer'"))
                .isEmpty();
    }

    @Test
    void a_script_edited_after_it_was_applied_is_refused() {
        new Migrations(List.of(
                        new Migrations.Script("900_a.sql", "CREATE TABLE telltale.a (x UInt8) ENGINE = Memory;")))
                .apply(connection);

        var edited = new Migrations(
                List.of(new Migrations.Script("900_a.sql", "CREATE TABLE telltale.a (x UInt16) ENGINE = Memory;")));

        assertThatThrownBy(() -> edited.apply(connection))
                .isInstanceOf(ClickHouseException.class)
                .hasMessageContaining("900_a.sql was edited");
    }

    @Test
    void time_to_live_follows_the_settings_in_both_directions() throws SQLException {
        assertThat(definition("points")).doesNotContain("TTL");
        assertThat(definition("dead_letters")).contains("toIntervalSecond(7776000)");

        var year = Duration.ofDays(365);
        new Retention(year, Duration.ZERO, Duration.ZERO, Duration.ZERO).apply(connection);
        assertThat(definition("points")).contains("TTL toDateTime(stored_at) + toIntervalSecond(31536000)");
        assertThat(definition("dead_letters")).doesNotContain("TTL");

        new Retention(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofDays(90)).apply(connection);
        assertThat(definition("points")).doesNotContain("TTL");
    }

    private String definition(String table) throws SQLException {
        return texts("SELECT engine_full FROM system.tables WHERE database = 'telltale' AND name = '" + table + "'")
                .getFirst();
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
