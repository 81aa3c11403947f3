package io.telltale.dashboard.source;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.Found;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Everything the dashboard asks about dead letters. Nothing here may block the caller; a failure means that the store
/// does not answer.
public record DeadLetters(Search search, Lookup lookup, Tally tally, ReplayDoor replayDoor) {

    /// Finds those that match, page by page.
    @FunctionalInterface
    public interface Search {
        CompletionStage<Found<DeadLetter>> find(DeadLetter.Filter filter, DeadLetter.Page page);
    }

    /// Finds them by name; one that there is not is not among the answer.
    @FunctionalInterface
    public interface Lookup {
        CompletionStage<List<DeadLetter>> find(Collection<UUID> ids);
    }

    /// How many match, by reason.
    @FunctionalInterface
    public interface Tally {
        CompletionStage<Map<DeadLetter.Reason, Long>> count(DeadLetter.Filter filter);
    }

    /// Sends letters down the line once more, in their order. Completes when what came of them is durable; when it
    /// fails, any of them may be stored already, and to replay them again does no harm.
    @FunctionalInterface
    public interface ReplayDoor {
        CompletionStage<List<Replayed>> replay(List<DeadLetter> letters);
    }
}
