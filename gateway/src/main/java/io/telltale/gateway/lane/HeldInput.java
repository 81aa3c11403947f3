package io.telltale.gateway.lane;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Gives the CONNACK at once and the rest once the gate is open. Buffered. For one thread.
final class HeldInput extends InputStream {
    private static final int CONNACK_LENGTH = 4;
    private static final int BUFFER_LENGTH = 16 << 10;

    private final InputStream in;
    private final CountDownLatch gate;
    private final int timeoutMillis;
    private final byte[] buffer = new byte[BUFFER_LENGTH];
    private int position;
    private int end;
    private int beforeGate = CONNACK_LENGTH;

    /// @param timeoutMillis how long a read may take before it fails with a [SocketTimeoutException]
    HeldInput(InputStream in, CountDownLatch gate, int timeoutMillis) {
        this.in = in;
        this.gate = gate;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public int read() throws IOException {
        return fill() < 0 ? -1 : buffer[take(1)] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int available = fill();
        if (available < 0) {
            return -1;
        }
        int count = Math.min(length, available);
        System.arraycopy(buffer, take(count), target, offset, count);
        return count;
    }

    @Override
    public int available() throws IOException {
        return end > position ? end - position : in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// @return how many bytes may be taken, at least one; -1 at the end
    private int fill() throws IOException {
        if (beforeGate == 0) {
            passGate();
        }
        if (position == end) {
            position = 0;
            end = 0;
            int count = in.read(buffer);
            if (count < 0) {
                return -1;
            }
            end = count;
        }
        return beforeGate > 0 ? Math.min(beforeGate, end - position) : end - position;
    }

    private int take(int count) {
        int from = position;
        position += count;
        if (beforeGate > 0) {
            beforeGate -= count;
        }
        return from;
    }

    private void passGate() throws IOException {
        try {
            if (!gate.await(timeoutMillis, TimeUnit.MILLISECONDS)) {
                throw new SocketTimeoutException("not subscribed yet");
            }
            beforeGate = -1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException().initCause(interrupted);
        }
    }
}
