package io.telltale.simulator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.simulator.scenario.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// The server's HTTP API, as `docs/http-api.md` has it. Thread-safe; calls block.
public final class ServerApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_POINTS = 20_000;
    private static final int MAX_ANOMALIES = 1_000;
    private static final int BUSY = 503;
    /// The kind of report whose observed value is a time in seconds.
    private static final String SILENCE = "gap";
    private static final int ATTEMPTS = 5;

    /// @param metric of the series, empty where the report is about the device
    /// @param eventTimeMillis of the point it is about: of silence, the last point before
    /// @param knownMillis when it could be known, on the device's clock: later than that for silence alone
    /// @param explanation in the server's words
    public record Anomaly(
            String device, String metric, String kind, long eventTimeMillis, long knownMillis, String explanation) {
        private static Anomaly from(JsonNode item) {
            var kind = item.path("kind").asText();
            long eventTime = item.path("eventTimeMillis").asLong();
            double silentSeconds = kind.equals(SILENCE) ? item.path("observed").asDouble() : 0;
            return new Anomaly(
                    item.path("device").asText(),
                    item.path("metric").asText(),
                    kind,
                    eventTime,
                    eventTime + Math.round(1e3 * silentSeconds),
                    item.path("explanation").asText());
        }
    }

    /// @param messagesPerSecond that came in, of all senders
    /// @param waitingRows that are not stored yet
    public record Overview(double messagesPerSecond, long waitingRows) {}

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Optional<String> authorization;

    /// Who asks.
    public record Credentials(String user, Secret password) {
        String header() {
            var both = user + ":" + password.revealed();
            return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
        }
    }

    /// @param address such as `http://127.0.0.1:8080`
    /// @throws IllegalArgumentException if it is none; it repeats no credentials
    public ServerApi(String address, Optional<Credentials> credentials) {
        if (address.indexOf('@') >= 0) {
            throw new IllegalArgumentException("--api: expected an address without credentials, which others would see:"
                    + " they are --api-user and --api-password-file");
        }
        var uri = URI.create(address);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "--api: expected an address such as http://127.0.0.1:8080, got " + address);
        }
        base = URI.create(uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()));
        authorization = credentials.map(Credentials::header);
    }

    /// The distinct event times stored of a series, `from` and `to` included.
    public Set<Long> times(String device, String metric, long fromMillis, long toMillis)
            throws IOException, InterruptedException {
        var times = new HashSet<Long>();
        addTimes(device, metric, fromMillis, toMillis + 1, times);
        return times;
    }

    private void addTimes(String device, String metric, long from, long to, Set<Long> times)
            throws IOException, InterruptedException {
        var series = get("/api/v1/devices/" + encoded(device) + "/series?metric=" + encoded(metric) + "&from=" + from
                + "&to=" + to + "&points=" + MAX_POINTS);
        if (series.path("resolutionMillis").asLong() == 0) {
            series.path("times").forEach(time -> times.add(time.asLong()));
        } else {
            // More than fit: the answer is of means, so ask for less.
            long middle = from + (to - from) / 2;
            addTimes(device, metric, from, middle, times);
            addTimes(device, metric, middle, to, times);
        }
    }

    /// How it fares.
    public Overview overview() throws IOException, InterruptedException {
        var overview = get("/api/v1/overview");
        return new Overview(
                overview.path("messagesPerSecond").asDouble(),
                overview.path("store").path("waitingRows").asLong());
    }

    /// How many dead letters arrived in the time, of all senders.
    public long deadLetters(long fromMillis, long toMillis) throws IOException, InterruptedException {
        return get("/api/v1/dead-letters?state=all&limit=1&from=" + fromMillis + "&to=" + toMillis)
                .path("total")
                .asLong();
    }

    /// All anomalies with an event time in the range.
    public List<Anomaly> anomalies(long fromMillis, long toMillis) throws IOException, InterruptedException {
        var all = new ArrayList<Anomaly>();
        while (true) {
            var page = get("/api/v1/anomalies?from=" + fromMillis + "&to=" + toMillis + "&limit=" + MAX_ANOMALIES
                    + "&offset=" + all.size());
            for (var item : page.path("items")) {
                all.add(Anomaly.from(item));
            }
            if (page.path("items").isEmpty() || all.size() >= page.path("total").asLong()) {
                return all;
            }
        }
    }

    /// Opens the live protocol.
    ///
    /// @throws IllegalStateException if the server does not
    WebSocket live(WebSocket.Listener listener) {
        var address = URI.create(base.toString().replaceFirst("http", "ws") + "/api/v1/live");
        var builder = http.newWebSocketBuilder();
        authorization.ifPresent(some -> builder.header("Authorization", some));
        try {
            return builder.buildAsync(address, listener).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("--api: cannot open " + address + ": " + e.getCause(), e);
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        authorization.ifPresent(some -> request.header("Authorization", some));
        for (int attempt = 1; ; attempt++) {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return JSON.readTree(answer.body());
            }
            if (answer.statusCode() != BUSY || attempt == ATTEMPTS) {
                throw new IOException(base + path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            Thread.sleep(Duration.ofSeconds(attempt));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
