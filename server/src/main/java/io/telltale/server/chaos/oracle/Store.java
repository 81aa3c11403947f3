package io.telltale.server.chaos.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// An embedded ClickHouse as anybody may read it: plain SQL over HTTP, nothing of the server's own reading.
public final class Store implements AutoCloseable {
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final Path passwordFile;

    /// @param dataDirectory of the server, which has the password
    public Store(int port, Path dataDirectory) {
        address = URI.create("http://127.0.0.1:" + port);
        passwordFile = dataDirectory.resolve("clickhouse/run/password");
    }

    /// The rows, as texts. To be closed.
    ///
    /// @throws UncheckedIOException when it is away or refuses
    Stream<String[]> rows(String sql) {
        try {
            var request = HttpRequest.newBuilder(address)
                    .header("X-ClickHouse-User", "telltale")
                    .header("X-ClickHouse-Key", Files.readString(passwordFile).strip())
                    .POST(BodyPublishers.ofString(sql + " FORMAT TSV"))
                    .build();
            var answer = http.send(request, BodyHandlers.ofLines());
            if (answer.statusCode() != OK) {
                throw new IOException(sql + ": " + answer.body().findFirst().orElse("status " + answer.statusCode()));
            }
            return answer.body().map(line -> line.split("\t", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /// Whether anything was ever heard of a device.
    public boolean knows(String device) {
        try (var rows = rows("SELECT 1 FROM telltale.device_state WHERE device = '" + device + "' LIMIT 1")) {
            return rows.findAny().isPresent();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
