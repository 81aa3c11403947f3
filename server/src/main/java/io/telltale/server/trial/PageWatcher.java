package io.telltale.server.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// One open page, as the server sees it: a WebSocket that watches the fleet and a few devices, and measures how old a
/// point is when it arrives. The age counts from the point's event time, which a simulated device sets to the instant
/// it meant to send, so a stall shows in full.
public final class PageWatcher implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_MILLIS = 600_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Duration warmUp;
    private final InstantSource clock;
    private final Histogram ageMillis = new ConcurrentHistogram(LONGEST_MILLIS, 3);
    private final AtomicLong skipped = new AtomicLong();
    private final PageLog log = new PageLog();
    private final WebSocket socket;
    private long countedFromMillis; // of the thread that takes frames

    /// @param devices to watch every point of, at most 8
    /// @param warmUp from the first event time on, whose points are watched, but not counted in the ages
    public PageWatcher(int httpPort, List<String> devices, Duration warmUp, InstantSource clock) {
        this.warmUp = warmUp;
        this.clock = clock;
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + httpPort + "/api/v1/live"), new Frames())
                .join();
        socket.sendText(watch(devices), true).join();
    }

    /// What a page says that shows the fleet and every point of these devices.
    public static String watch(List<String> devices) {
        var watch = JSON.createObjectNode()
                .put("type", "watch")
                .put("overview", true)
                .put("anomalies", true);
        watch.set("devices", JSON.valueToTree(devices));
        watch.set("points", JSON.valueToTree(devices));
        return watch.toString();
    }

    /// Milliseconds from event time to arrival at the page, of every point watched since the warm-up.
    public Histogram ageMillis() {
        return ageMillis.copy();
    }

    /// What happened when.
    public PageLog log() {
        return log;
    }

    /// Points the server forgot because this page was slow.
    public long skipped() {
        return skipped.get();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private void take(JsonNode frame) {
        long now = clock.millis();
        switch (frame.path("type").asText()) {
            case "points" -> takePoints(frame, now);
            case "overview" -> {
                var overview = frame.path("overview");
                var devices = overview.path("devices");
                log.overview(
                        now,
                        overview.path("messagesPerSecond").asDouble(),
                        devices.path("stale").asInt() + devices.path("offline").asInt(),
                        !overview.path("store").path("state").asText().equals("up"));
            }
            default -> {
                // Nothing that is measured.
            }
        }
    }

    private void takePoints(JsonNode frame, long now) {
        skipped.addAndGet(frame.path("skipped").asLong());
        for (JsonNode series : frame.path("series")) {
            for (JsonNode point : series) {
                long eventTime = point.get(0).asLong();
                if (countedFromMillis == 0) {
                    countedFromMillis = eventTime + warmUp.toMillis();
                }
                long age = now - eventTime;
                if (eventTime >= countedFromMillis) {
                    ageMillis.recordValue(Math.clamp(age, 0, LONGEST_MILLIS));
                }
                log.age(now, age);
            }
        }
    }

    private final class Frames implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                try {
                    take(JSON.readTree(partial.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    partial.setLength(0);
                }
            }
            return WebSocket.Listener.super.onText(webSocket, data, last);
        }
    }
}
