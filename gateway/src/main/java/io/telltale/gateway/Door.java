package io.telltale.gateway;

import io.telltale.analytics.model.Inbound;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.SourceWithContext;

/// Where messages come in. A line begins at [#deliveries()] and ends in [#acknowledge()] of the same door. When either
/// end fails the whole line fails; whoever runs it starts both ends anew, and what was not acked is sent again by the
/// devices or the broker. One line at a time. Every method may be called from any thread.
public interface Door {
    /// Short and stable; the `door` of a dead letter and the label of metrics.
    String name();

    /// Back-pressured: what the line does not pull is not read from the network beyond the window.
    SourceWithContext<Inbound, Ack, NotUsed> deliveries();

    /// Acks whatever passes, in the order in which it arrived, and emits once per ack.
    <T> Flow<Pair<T, Ack>, Done, NotUsed> acknowledge();

    /// Takes in nothing more. The deliveries complete after what was already taken in; connections stay open so that
    /// its acks still go out. Completes when reading has stopped.
    CompletionStage<Done> stopReading();

    /// Ends every connection. What is unacked then will be sent again to whoever opens this door next.
    CompletionStage<Done> close();
}
