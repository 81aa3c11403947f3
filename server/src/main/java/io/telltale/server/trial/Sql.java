package io.telltale.server.trial;

import io.telltale.storage.clickhouse.Address;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/// Plain SQL over HTTP, however long the answer takes. Thread-safe.
public final class Sql implements AutoCloseable {
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();

    /// @return what a ClickHouse answers, without white space around
    /// @throws IOException when it is away or refuses
    public String tell(Address address, String sql) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.url())
                .header("X-ClickHouse-User", address.user())
                .header("X-ClickHouse-Key", address.password())
                .POST(BodyPublishers.ofString(sql))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException(sql + ": " + answer.body());
        }
        return answer.body().strip();
    }

    @Override
    public void close() {
        http.close();
    }
}
