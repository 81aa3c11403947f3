package io.telltale.storage.schema;

import io.telltale.storage.clickhouse.ClickHouseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the tables to the shape this version expects: applies, in order, every numbered script that the database has
/// not seen, and remembers it. A script is never edited once applied; a change is a new script.
public final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(Migrations.class);
    private static final List<String> SCRIPTS = List.of(
            "001_tables.sql",
            "002_late_windows.sql",
            "003_dead_letter_replay.sql",
            "004_points_in_order.sql",
            "005_emissions.sql",
            "006_anomaly_evidence.sql",
            "007_feedback.sql",
            "008_finer_granules.sql");

    private final List<Script> scripts;

    Migrations(List<Script> scripts) {
        this.scripts = List.copyOf(scripts);
    }

    /// The scripts of this version.
    public static Migrations ofThisVersion() {
        return new Migrations(SCRIPTS.stream().map(Script::load).toList());
    }

    /// Safe to repeat.
    ///
    /// @throws ClickHouseException if an applied script was edited, or one fails
    public void apply(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS telltale");
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS telltale.migrations
                    (name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
                    ENGINE = MergeTree ORDER BY name""");
            Map<String, String> applied = applied(statement);
            for (Script script : scripts) {
                String checksum = applied.get(script.name());
                if (checksum == null) {
                    apply(script, statement);
                } else if (!checksum.equals(script.checksum())) {
                    throw new ClickHouseException("migration " + script.name()
                            + " was edited after it had been applied: put the edit into a new migration");
                }
            }
        } catch (SQLException failed) {
            throw new ClickHouseException("the tables cannot be migrated: " + failed.getMessage(), failed);
        }
    }

    private static Map<String, String> applied(Statement statement) throws SQLException {
        Map<String, String> checksums = new HashMap<>();
        try (var rows = statement.executeQuery("SELECT name, checksum FROM telltale.migrations")) {
            while (rows.next()) {
                checksums.put(rows.getString(1), rows.getString(2));
            }
        }
        return checksums;
    }

    /// ClickHouse has no transactions over definitions, so a script that stopped half-way is run again from its start:
    /// its statements must bear that.
    private static void apply(Script script, Statement statement) throws SQLException {
        for (String sql : script.statements()) {
            statement.execute(sql);
        }
        statement.execute("INSERT INTO telltale.migrations (name, checksum) VALUES ('" + script.name() + "', '"
                + script.checksum() + "')");
        log.info("migration {} applied", script.name());
    }

    /// @param name file name, digits first
    record Script(String name, String sql) {
        static Script load(String name) {
            try (InputStream content = Objects.requireNonNull(
                    Migrations.class.getResourceAsStream("/migrations/" + name), () -> name + " is not in the jar")) {
                return new Script(name, new String(content.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException unreadable) {
                throw new ClickHouseException("migration " + name + " cannot be read", unreadable);
            }
        }

        /// Split after each semicolon that ends a line.
        List<String> statements() {
            return sql
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(java.util.stream.Collectors.joining("\n"))
                    .transform(text -> List.of(text.split(";\\s*(\n|$)")))
                    .stream()
                    .filter(statement -> !statement.isBlank())
                    .toList();
        }

        String checksum() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(sql.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException impossible) { // every Java platform has it
                throw new AssertionError(impossible);
            }
        }
    }
}
