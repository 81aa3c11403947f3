package io.telltale.storage.schema;

import io.telltale.storage.clickhouse.ClickHouseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How long the tables keep a row after it was stored, whatever its event time. Zero keeps it for ever.
///
/// Counted from when it was stored, not from event time: else a device that delivers a year of old points would see
/// them acknowledged and deleted in one breath.
public record Retention(Duration points, Duration rollups, Duration anomalies, Duration deadLetters) {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /// Rows may be thrown away later than they must, never earlier, and a device's clock may run ahead of ours.
    private static final Duration MARGIN = Duration.ofHours(1);

    /// From which event time on windows certainly have all their points and rollups still.
    public long wholeFromMillis(long nowMillis) {
        return Stream.of(points, rollups)
                .filter(keep -> !keep.isZero())
                .mapToLong(keep -> nowMillis - keep.toMillis() + MARGIN.toMillis())
                .max()
                .orElse(0);
    }

    /// Alters the tables whose time to live differs. Parts are rewritten by later merges, not here.
    public void apply(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            apply(statement, "points", points);
            apply(statement, "rollups", rollups);
            apply(statement, "anomalies", anomalies);
            apply(statement, "dead_letters", deadLetters);
        } catch (SQLException failed) {
            throw new ClickHouseException("the time to live cannot be set: " + failed.getMessage(), failed);
        }
    }

    private static void apply(Statement statement, String table, Duration keep) throws SQLException {
        String definition;
        try (var rows = statement.executeQuery(
                "SELECT engine_full FROM system.tables WHERE database = 'telltale' AND name = '" + table + "'")) {
            rows.next();
            definition = rows.getString(1);
        }
        boolean limited = definition.contains(" TTL ");
        if (keep.isZero()) {
            if (limited) {
                statement.execute("ALTER TABLE telltale." + table + " REMOVE TTL");
                log.info("{}: rows are kept for ever", table);
            }
            return;
        }
        // As ClickHouse prints it, so that it can be compared.
        String timeToLive = "TTL toDateTime(stored_at) + toIntervalSecond(" + keep.toSeconds() + ")";
        if (!definition.contains(timeToLive + " ")) {
            statement.execute("ALTER TABLE telltale." + table + " MODIFY " + timeToLive
                    + " SETTINGS materialize_ttl_after_modify = 0");
            log.info("{}: rows are kept for {} after they were stored", table, keep);
        }
    }
}
