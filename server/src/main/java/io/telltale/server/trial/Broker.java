package io.telltale.server.trial;

import java.io.IOException;

/// Somebody's MQTT broker, run by us. It ends when this process does.
public interface Broker extends AutoCloseable {
    String name();

    int port();

    /// Ends it in the worst way that it promises to survive without losing what it acked, and starts it again on the
    /// same port. Returns when it answers.
    void restart() throws IOException, InterruptedException;

    @Override
    void close();
}
