package io.telltale.simulator.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.simulator.report.Quantiles;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// One open page: a WebSocket that watches every point of a few devices and measures how old each is on its
/// arrival. Event times are whole milliseconds, so this is too. Thread-safe.
public final class PageProbe implements AutoCloseable {
    /// As many as the server lets a page watch.
    public static final int MOST_DEVICES = 8;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long HIGHEST_MICROS = 3_600_000_000L;

    private final Histogram micros = new ConcurrentHistogram(HIGHEST_MICROS, 3);
    private final LongUnaryOperator ageMicros;
    private final WebSocket socket;

    /// @param ageMicros how long ago, now, a message with this event time was meant to be sent
    public PageProbe(ServerApi api, List<String> devices, LongUnaryOperator ageMicros) {
        this.ageMicros = ageMicros;
        this.socket = api.live(new Frames());
        var watch = JSON.createObjectNode().put("type", "watch");
        watch.set("points", JSON.valueToTree(devices));
        socket.sendText(watch.toString(), true).join();
    }

    /// All of them so far.
    Histogram histogram() {
        return micros.copy();
    }

    /// Empty when nothing came.
    public Optional<Quantiles> latency() {
        return micros.getTotalCount() == 0 ? Optional.empty() : Optional.of(Quantiles.of(micros));
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void take(String frame) {
        try {
            var json = JSON.readTree(frame);
            for (var series : json.path("series")) {
                for (var point : series) {
                    long age = ageMicros.applyAsLong(point.path(0).asLong());
                    micros.recordValue(Math.clamp(age, 0, HIGHEST_MICROS));
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the server sent no JSON: " + frame, e);
        }
    }

    private final class Frames implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
            partial.append(data);
            if (isLast) {
                take(partial.toString());
                partial.setLength(0);
            }
            return WebSocket.Listener.super.onText(webSocket, data, isLast);
        }
    }
}
