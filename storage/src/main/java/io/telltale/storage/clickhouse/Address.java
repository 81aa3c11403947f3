package io.telltale.storage.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.jdbc.Driver;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Properties;

/// A ClickHouse that answers HTTP, and who we are there.
///
/// @param url `http` or `https`, host and port
public record Address(URI url, String user, String password) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    public Address {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null || url.getPort() < 0) {
            throw new IllegalArgumentException(url + ": expected http://host:port or https://host:port");
        }
    }

    /// A JDBC connection for administration: one statement at a time.
    public Connection connect(Duration timeout) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connection_timeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
        properties.setProperty("socket_timeout", Long.toString(timeout.toMillis()));
        properties.setProperty("compress", "false");
        properties.setProperty("retry", "0");
        return new Driver().connect("jdbc:clickhouse:" + url, properties);
    }

    /// A client for rows in ClickHouse's own formats. Safe for many threads; it never retries by itself.
    ///
    /// @param timeout for a single read from the network; a query may take longer if it keeps talking
    public Client client(Duration timeout, int connections) {
        return new Client.Builder()
                .addEndpoint(url.toString())
                .setUsername(user)
                .setPassword(password)
                .setDefaultDatabase("telltale")
                .setConnectTimeout(CONNECT_TIMEOUT.toMillis())
                .setConnectionRequestTimeout(timeout.toMillis(), ChronoUnit.MILLIS)
                .setSocketTimeout(timeout.toMillis())
                .setMaxConnections(connections)
                .setMaxRetries(0)
                .setSocketTcpNodelay(true)
                // On loopback compression costs more than the bytes it saves.
                .compressServerResponse(false)
                .compressClientRequest(false)
                // Some hundred device ids as a parameter can be longer than an address may be.
                .useHttpFormDataForQuery(true)
                .useServerTimeZone(false)
                .useTimeZone("UTC")
                .build();
    }

    @Override
    public String toString() {
        return user + "@" + url;
    }
}
