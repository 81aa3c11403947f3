package io.telltale.dashboard.live;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ws.BinaryMessage;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;

/// The live protocol over one WebSocket.
public final class LiveSocket {
    private final LiveHub hub;
    private final LiveSettings settings;
    private final Frames frames;
    private final Materializer materializer;

    public LiveSocket(LiveHub hub, LiveSettings settings, Supplier<Overview> overview, Materializer materializer) {
        this.hub = hub;
        this.settings = settings;
        this.materializer = materializer;
        frames = new Frames(hub.index(), overview);
    }

    /// For one browser.
    public Flow<Message, Message, NotUsed> messages() {
        return Flow.of(Message.class)
                .mapAsync(1, this::request)
                .via(new SessionStage(hub, settings, frames))
                .map(TextMessage::create);
    }

    /// A long message comes in pieces: what is beyond the bound is read and forgotten.
    private CompletionStage<Request> request(Message message) {
        return switch (message) {
            case TextMessage text
            when text.isStrict() -> CompletableFuture.completedFuture(request(text.getStrictText()));
            case TextMessage text ->
                text.getStreamedText()
                        .runFold(new StringBuilder(), this::append, materializer)
                        .thenApply(whole -> request(whole.toString()));
            case BinaryMessage binary ->
                binary.getStreamedData()
                        .runWith(Sink.ignore(), materializer)
                        .thenApply(done -> new Request.Refused("expected a text frame, got a binary one"));
            default -> throw new IllegalStateException("a message that is neither text nor binary");
        };
    }

    private Request request(String text) {
        int limit = settings.maxRequestLength();
        return text.length() > limit
                ? new Request.Refused("watch: expected at most " + limit + " characters")
                : Request.of(text);
    }

    /// Keeps one character beyond the bound, so that it is seen to be broken.
    private StringBuilder append(StringBuilder whole, String piece) {
        int room = settings.maxRequestLength() + 1 - whole.length();
        return whole.append(piece, 0, Math.min(room, piece.length()));
    }
}
