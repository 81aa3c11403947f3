package io.telltale.server;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.analytics.model.Replay;
import io.telltale.analytics.model.Report;
import io.telltale.analytics.model.Silence;
import io.telltale.dashboard.source.Replayed;
import io.telltale.gateway.payload.InboundDecoder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Dead letters read anew: under the settings of today, but as if it were the day they came. So a point without an
/// event time of its own has the same one every time, and a clock that ran ahead then is not believed now.
final class DeadLetterReplay {
    private final InboundDecoder decoder;
    private final IngestPipeline pipeline;
    private final InstantSource clock;

    /// What a letter turned out to say, and the mark that it is to get.
    record Reread(Inbound replay, Outcome mark) {}

    DeadLetterReplay(InboundDecoder decoder, IngestPipeline pipeline, InstantSource clock) {
        this.decoder = decoder;
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /// Completes when all that is understood now is durable and marked. One that is still dead is left as it was.
    CompletionStage<List<Replayed>> replay(List<DeadLetter> letters) {
        long nowMillis = clock.millis();
        var results = new ArrayList<Replayed>();
        var understood = new ArrayList<Reread>();
        for (DeadLetter letter : letters) {
            var read = decoder.decode(letter.topic(), letter.payload(), letter.arrivalMillis(), letter.door());
            switch (read) {
                case DeadLetter still ->
                    results.add(
                            new Replayed.StillDead(letter.id(), still.reason(), still.detail(), still.byteOffset()));
                case Inbound.ForDevice said -> {
                    var points = pointsOf(said);
                    var replay = new Replay(said.device(), nowMillis, said.arrivalMillis(), points);
                    understood.add(new Reread(replay, new Outcome.Rejected(letter.replayed(nowMillis))));
                    results.add(new Replayed.Stored(letter.id(), points.size()));
                }
            }
        }
        return pipeline.replay(understood).thenApply(_ -> results);
    }

    private static List<Point> pointsOf(Inbound.ForDevice said) {
        return switch (said) {
            case Report report -> report.points();
            case Replay replay -> replay.points();
            case PresenceReport _, Silence _ -> List.of();
        };
    }
}
