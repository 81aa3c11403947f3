package io.telltale.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The other end of a live WebSocket: checks every frame against the contract and keeps it. Reads nothing until told.
final class Browser implements WebSocket.Listener {
    private static final Contract CONTRACT = new Contract();

    final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    final AtomicInteger pings = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private volatile boolean reads;

    Browser(HttpClient client, URI server, String... headers) {
        var builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(URI.create("ws://" + server.getAuthority() + "/api/v1/live"), this)
                .join();
    }

    Browser reading() {
        reads = true;
        socket.request(1);
        return this;
    }

    Browser sends(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    Stream<JsonNode> frames(String type) {
        return frames.stream().filter(frame -> frame.at("/type").asText().equals(type));
    }

    CompletableFuture<Integer> closed() {
        return closed;
    }

    void leaves() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
        socket.abort();
    }

    @Override
    public void onOpen(WebSocket opened) {
        // Nothing is asked for yet: `reading` does.
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(CONTRACT.check("LiveFrame", partial.toString()));
            partial.setLength(0);
        }
        if (reads) {
            from.request(1);
        }
        return null;
    }

    /// The JDK's client answers by itself.
    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer data) {
        pings.incrementAndGet();
        if (reads) {
            from.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }
}
