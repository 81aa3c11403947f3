package io.telltale.server.bench.ladder;

import java.util.Map;

/// What takes in a fleet's messages and puts them where they stay, started and ready; it stays up from rate to rate.
public interface Contender extends AutoCloseable {
    /// Where the fleet sends to.
    int mqttPort();

    /// Messages that are where they should be, since it was started.
    long stored() throws InterruptedException;

    /// Process ids by part.
    Map<String, Long> processes();

    /// The end of what it printed, for whoever wonders.
    String lastWords();

    @Override
    void close();
}
