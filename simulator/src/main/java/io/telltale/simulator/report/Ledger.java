package io.telltale.simulator.report;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// The truth of a run, counted where it happens. What the words mean is what `docs/simulator.md` says. Belongs to the
/// thread of the event loop.
public final class Ledger {
    private static final long HIGHEST_LATENCY_MICROS = TimeUnit.HOURS.toMicros(1);

    private final Histogram latencyMicros = new Histogram(HIGHEST_LATENCY_MICROS, 3);
    private final long[] telemetryAcked;
    private long sent;
    private long resent;
    private long acked;
    private long acknowledgeable;
    private long duplicates;
    private long malformed;
    private long points;
    private long connectFailures;
    private long reconnects;
    private long lastAckNanos;

    public Ledger(int devices) {
        telemetryAcked = new long[devices];
    }

    /// A message left for the first time.
    ///
    /// @param expectsAck whether it went with QoS 1
    public void sent(boolean expectsAck) {
        sent++;
        if (expectsAck) {
            acknowledgeable++;
        }
    }

    /// A message left again, after a reconnect.
    public void resent() {
        resent++;
    }

    /// A PUBACK came, the first for its message.
    ///
    /// @param device the device's place in the fleet
    /// @param pointCount how many values the message holds
    /// @param intendedNanos when it should have been sent, and `nowNanos` when the ack came, on the
    ///   clock of [System#nanoTime]
    public void acked(int device, MessageKind kind, int pointCount, long intendedNanos, long nowNanos) {
        acked++;
        lastAckNanos = nowNanos;
        long micros = TimeUnit.NANOSECONDS.toMicros(nowNanos - intendedNanos);
        latencyMicros.recordValue(Math.clamp(micros, 0, HIGHEST_LATENCY_MICROS));
        switch (kind) {
            case TELEMETRY -> {
                telemetryAcked[device]++;
                points += pointCount;
            }
            case DUPLICATE -> duplicates++;
            case MALFORMED -> malformed++;
        }
    }

    public void connectFailed() {
        connectFailures++;
    }

    public void reconnected() {
        reconnects++;
    }

    /// How many messages still wait for their PUBACK.
    public long unacked() {
        return acknowledgeable - acked;
    }

    /// The numbers as they are now.
    ///
    /// @param startNanos when the first message was due, `nowNanos` now, on the clock of [System#nanoTime]
    /// @param unsent messages that are due but have not left
    public LoadReport report(long startMillis, long startNanos, long nowNanos, long unsent) {
        // With QoS 0 there are no acks to time the end by.
        boolean isAcked = acked > 0;
        double seconds = ((isAcked ? lastAckNanos : nowNanos) - startNanos) / 1e9;
        double perSecond = seconds > 0 ? (isAcked ? acked : sent) / seconds : 0;
        return new LoadReport(
                startMillis,
                startMillis + TimeUnit.NANOSECONDS.toMillis(nowNanos - startNanos),
                sent,
                resent,
                acked,
                unacked(),
                unsent,
                duplicates,
                malformed,
                connectFailures,
                reconnects,
                points,
                LoadReport.Latency.of(latencyMicros),
                perSecond);
    }

    /// How many distinct well-formed messages of each device were acked, by its place in the fleet.
    public long[] telemetryAcked() {
        return telemetryAcked.clone();
    }
}
