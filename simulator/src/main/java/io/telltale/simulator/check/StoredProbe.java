package io.telltale.simulator.check;

import io.telltale.simulator.report.Quantiles;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Asks again and again for the newest points of one series, and measures how old each is when the server first
/// gives it back: as fine as the questions are frequent, 20 a second at most. Thread-safe.
public final class StoredProbe implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;
    private static final long HIGHEST_MICROS = 3_600_000_000L;

    private final Histogram micros = new ConcurrentHistogram(HIGHEST_MICROS, 3);
    private final ServerApi api;
    private final String device;
    private final String metric;
    private final LongUnaryOperator ageMicros;
    private final long reachMillis;
    private final Thread thread;
    private volatile boolean isClosed;

    /// @param startMillis event time of the beginning, once there is one
    /// @param reachMillis how much event time one question covers; more than passes between two
    /// @param ageMicros how long ago, now, a message with this event time was meant to be sent
    public StoredProbe(
            ServerApi api,
            String device,
            String metric,
            LongSupplier startMillis,
            long reachMillis,
            LongUnaryOperator ageMicros) {
        this.api = api;
        this.device = device;
        this.metric = metric;
        this.ageMicros = ageMicros;
        this.reachMillis = reachMillis;
        this.thread = Thread.ofPlatform().daemon().name("stored-probe").start(() -> ask(startMillis));
    }

    private void ask(LongSupplier startMillis) {
        long latest = -1;
        try {
            while (!isClosed) {
                long from = Math.max(latest + 1, startMillis.getAsLong());
                try {
                    for (long time : api.times(device, metric, from, from + reachMillis)) {
                        micros.recordValue(Math.clamp(ageMicros.applyAsLong(time), 0, HIGHEST_MICROS));
                        latest = Math.max(latest, time);
                    }
                } catch (IOException e) {
                    // The server is away or busy: what it has stored meanwhile is asked for again, and its age
                    // says so.
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
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
        isClosed = true;
        thread.interrupt();
    }
}
