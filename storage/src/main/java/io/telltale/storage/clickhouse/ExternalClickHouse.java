package io.telltale.storage.clickhouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A ClickHouse that somebody else runs.
public record ExternalClickHouse(Address address) implements ClickHouse {
    private static final Logger log = LoggerFactory.getLogger(ExternalClickHouse.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// @throws ClickHouseException if it does not answer within a few seconds
    public static ExternalClickHouse reach(Address address) {
        try (Connection connection = address.connect(PATIENCE);
                var statement = connection.createStatement();
                var answer = statement.executeQuery("SELECT version()")) {
            answer.next();
            log.info("ClickHouse {} at {}", answer.getString(1), address.url());
            return new ExternalClickHouse(address);
        } catch (SQLException | RuntimeException unreachable) { // the driver throws both
            throw new ClickHouseException(
                    "telltale.storage.clickhouse.url: no ClickHouse at " + address.url() + " for user " + address.user()
                            + ": " + rootMessage(unreachable),
                    unreachable);
        }
    }

    @Override
    public OptionalLong enginePid() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        // not ours to stop
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
