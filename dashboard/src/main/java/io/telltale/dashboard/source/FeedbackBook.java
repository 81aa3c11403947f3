package io.telltale.dashboard.source;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Feedback;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// What people say of anomalies. Nothing here may block the caller; a failure means that the store does not answer.
public record FeedbackBook(Pen pen, Search search) {

    /// Keeps what a person said; completes when it is stored and the device has been told.
    @FunctionalInterface
    public interface Pen {
        /// @return how many more anomalies of the series are said to be false alarms than to be right
        CompletionStage<Integer> say(Feedback feedback);
    }

    /// What counts of what was said of a device's anomalies, by event time, newest first.
    @FunctionalInterface
    public interface Search {
        CompletionStage<List<Feedback>> find(DeviceId device, long fromMillis, long toMillis);
    }
}
