package io.telltale.simulator.check;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Asks a server once a second how it fares, for those who watch the run. Thread-safe.
final class OverviewProbe implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Thread thread;
    private volatile Optional<ServerApi.Overview> latest = Optional.empty();

    OverviewProbe(ServerApi api) {
        thread = Thread.ofPlatform().daemon().name("overview-probe").start(() -> ask(api));
    }

    private void ask(ServerApi api) {
        try {
            while (true) {
                try {
                    latest = Optional.of(api.overview());
                } catch (IOException e) {
                    // Whoever watches sees that it says nothing.
                    latest = Optional.empty();
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    /// Empty while it does not answer.
    Optional<ServerApi.Overview> latest() {
        return latest;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
