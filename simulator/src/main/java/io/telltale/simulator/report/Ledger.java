package io.telltale.simulator.report;

/// The truth of the part of a run that happens on one event loop, counted where it happens. What the words mean
/// is what `docs/simulator.md` says. Belongs to the thread of the loop.
public final class Ledger {
    private final Accounts accounts;
    private final Latencies latencies;
    private final Counts counts = new Counts();

    /// @param stages when each ends, in nanoseconds from the beginning; at least one
    public Ledger(Accounts accounts, long[] stages) {
        this.accounts = accounts;
        this.latencies = new Latencies(stages);
    }

    /// The run begins: the clock of latencies and seconds starts.
    public void begin(long nowNanos) {
        latencies.begin(nowNanos);
    }

    /// A message left for the first time.
    ///
    /// @param place of the device in the fleet
    /// @param expectsAck whether it went with QoS 1
    public void sent(int place, MessageKind kind, boolean expectsAck) {
        counts.sent++;
        latencies.sent();
        accounts.sent[place]++;
        if (expectsAck) {
            counts.acknowledgeable++;
        }
    }

    /// A message left again, after a reconnect.
    public void resent() {
        counts.resent++;
    }

    /// A PUBACK came, the first for its message.
    ///
    /// @param isTaken whether the server says that it took the message
    /// @param intendedNanos when it should have been sent, `sentNanos` when it was, `nowNanos` when the ack
    /// came, on the clock of [System#nanoTime]
    public void acked(
            int place,
            MessageKind kind,
            int points,
            boolean isTaken,
            long intendedNanos,
            long sentNanos,
            long nowNanos) {
        if (!isTaken) {
            counts.refused++;
            return;
        }
        counts.acked++;
        counts.lastAckNanos = nowNanos;
        latencies.acked(intendedNanos, sentNanos, nowNanos);
        switch (kind) {
            case TELEMETRY -> {
                accounts.acked[place]++;
                counts.points += points;
            }
            case DUPLICATE -> {
                accounts.duplicates[place]++;
                counts.duplicates++;
            }
            case MALFORMED -> {
                accounts.malformed[place]++;
                counts.malformed++;
            }
            case ODD -> {
                accounts.odd[place]++;
                counts.odd++;
                counts.points += points;
            }
        }
    }

    public void connectFailed() {
        counts.connectFailures++;
    }

    public void connected(boolean isAgain) {
        counts.connected++;
        if (isAgain) {
            counts.reconnects++;
        }
    }

    public void disconnected() {
        counts.connected--;
    }

    /// How many messages still wait for their PUBACK.
    public long unacked() {
        return counts.unacked();
    }

    /// A second or more has passed: closes the row of the timeline that is full. Call a few times a second.
    ///
    /// @param heapBytes what our own process has on its heap
    public void tick(long nowNanos, long heapBytes) {
        latencies.tick(nowNanos, counts.connected, counts.unacked(), heapBytes);
    }

    /// How it stands, for any thread.
    ///
    /// @param unsent messages that are due but have not left
    public Glance.Part glance(long unsent) {
        var copy = counts.copy();
        copy.unsent = unsent;
        var timeline = latencies.timeline();
        return new Glance.Part(copy, latencies.all(), timeline.latest().orElse(null), timeline.rowSeconds());
    }

    /// The numbers as they are now, for any thread.
    ///
    /// @param unsent messages that are due but have not left
    public LedgerPart part(long unsent) {
        var copy = counts.copy();
        copy.unsent = unsent;
        return new LedgerPart(copy, latencies.copy());
    }

    /// Plain sums, which add up over event loops.
    static final class Counts {
        long sent;
        long resent;
        long acked;
        long refused;
        long acknowledgeable;
        long unsent;
        long duplicates;
        long malformed;
        long odd;
        long points;
        long connectFailures;
        long reconnects;
        long connected;
        long lastAckNanos;

        long unacked() {
            return acknowledgeable - acked - refused;
        }

        Counts copy() {
            var copy = new Counts();
            copy.add(this);
            return copy;
        }

        void add(Counts other) {
            sent += other.sent;
            resent += other.resent;
            acked += other.acked;
            refused += other.refused;
            acknowledgeable += other.acknowledgeable;
            unsent += other.unsent;
            duplicates += other.duplicates;
            malformed += other.malformed;
            odd += other.odd;
            points += other.points;
            connectFailures += other.connectFailures;
            reconnects += other.reconnects;
            connected += other.connected;
            // Clocks of System.nanoTime may be negative; 0 means that there was none.
            lastAckNanos = lastAckNanos == 0 || (other.lastAckNanos != 0 && other.lastAckNanos - lastAckNanos > 0)
                    ? other.lastAckNanos
                    : lastAckNanos;
        }
    }
}
