package io.telltale.simulator.report;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// A run second by second, as acks came in. When it grows long, two rows become one, so that a run of days fits
/// as well as one of minutes. Belongs to one thread.
final class Timeline {
    private static final int MAX_ROWS = 2_048;
    /// A second needs no third digit.
    private static final int DIGITS = 2;

    private static final double MIB = 1 << 20;

    /// @param latencyMicros compressed
    record Row(long sent, long acked, long connected, long unacked, byte[] latencyMicros, double heapMib) {
        /// @param isSameTime of another part of the same process; else of the time after it
        Row and(Row other, boolean isSameTime) {
            var sum = decoded(latencyMicros);
            sum.add(decoded(other.latencyMicros));
            return new Row(
                    sent + other.sent,
                    acked + other.acked,
                    isSameTime ? connected + other.connected : other.connected,
                    isSameTime ? unacked + other.unacked : other.unacked,
                    encoded(sum),
                    Math.max(heapMib, other.heapMib));
        }

        Histogram histogram() {
            return decoded(latencyMicros);
        }
    }

    private static final byte[] EMPTY = encoded(new Histogram(Latencies.HIGHEST_MICROS, DIGITS));

    private final Histogram latency = new Histogram(Latencies.HIGHEST_MICROS, DIGITS);
    private List<Row> rows = new ArrayList<>();
    private long rowNanos = TimeUnit.SECONDS.toNanos(1);
    private long nextNanos = Long.MAX_VALUE;
    private long sent;
    private long acked;
    private long connected;
    private long unacked;
    private double heapMib;

    void begin(long nowNanos) {
        nextNanos = nowNanos + rowNanos;
    }

    void sent() {
        sent++;
    }

    void acked(long micros) {
        acked++;
        latency.recordValue(micros);
    }

    void tick(long nowNanos, long nowConnected, long nowUnacked, long heapBytes) {
        connected = nowConnected;
        unacked = nowUnacked;
        heapMib = heapBytes / MIB;
        if (nextNanos == Long.MAX_VALUE) {
            return;
        }
        while (nowNanos - nextNanos >= 0) {
            rows.add(closeRow());
            nextNanos += rowNanos;
        }
        if (rows.size() >= MAX_ROWS) {
            widen();
            nextNanos += rowNanos / 2;
        }
    }

    private Row closeRow() {
        var row = new Row(sent, acked, connected, unacked, acked == 0 ? EMPTY : encoded(latency), heapMib);
        sent = 0;
        acked = 0;
        latency.reset();
        return row;
    }

    private void widen() {
        var wider = new ArrayList<Row>(rows.size() / 2 + 1);
        for (int i = 0; i < rows.size(); i += 2) {
            wider.add(i + 1 < rows.size() ? rows.get(i).and(rows.get(i + 1), false) : rows.get(i));
        }
        rows = wider;
        rowNanos *= 2;
    }

    /// With what has come in since the last full second as the last row.
    Timeline copy() {
        var copy = new Timeline();
        copy.rows = new ArrayList<>(rows);
        copy.rowNanos = rowNanos;
        if (sent > 0 || acked > 0) {
            var open = new Row(sent, acked, connected, unacked, encoded(latency), heapMib);
            copy.rows.add(open);
        }
        return copy;
    }

    /// Of another part of the same run.
    void add(Timeline other) {
        while (rowNanos < other.rowNanos) {
            widen();
        }
        while (other.rowNanos < rowNanos) {
            other.widen();
        }
        for (int i = 0; i < other.rows.size(); i++) {
            if (i < rows.size()) {
                rows.set(i, rows.get(i).and(other.rows.get(i), true));
            } else {
                rows.add(other.rows.get(i));
            }
        }
    }

    /// The last full one.
    Optional<Row> latest() {
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast());
    }

    List<Row> rows() {
        return rows;
    }

    double rowSeconds() {
        return rowNanos / 1e9;
    }

    static byte[] encoded(Histogram histogram) {
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int size = histogram.encodeIntoCompressedByteBuffer(buffer);
        var bytes = new byte[size];
        buffer.flip();
        buffer.get(bytes);
        return bytes;
    }

    static Histogram decoded(byte[] bytes) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("no histogram: " + e.getMessage(), e);
        }
    }
}
