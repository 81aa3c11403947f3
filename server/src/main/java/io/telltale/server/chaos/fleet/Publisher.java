package io.telltale.server.chaos.fleet;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One device at work: says its script at an even pace, keeps what was not acked, connects again whenever the
/// connection ends and then says that again, in order. A correction waits until everything before it is acked.
final class Publisher implements Runnable {
    private static final int WINDOW = 100;
    private static final int MAX_PACKET_ID = 65_535;
    private static final long MIN_BACK_OFF_MILLIS = 50;
    private static final long MAX_BACK_OFF_MILLIS = 500;

    private final Script script;
    private final int port;
    private final long startNanos;
    private final long stepNanos;
    private final AckWatch watch;
    private final AtomicLong connects = new AtomicLong();
    private final AtomicLong acked = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, Sent> unacked = new LinkedHashMap<>(); // by packet id; this and the rest: under the lock
    private boolean connected;
    private int next;

    private record Sent(int message, long nanos) {}

    /// @param spanNanos how long the whole script takes when nothing is in its way
    Publisher(Script script, int port, long startNanos, long spanNanos, AckWatch watch) {
        this.script = script;
        this.port = port;
        this.startNanos = startNanos;
        this.stepNanos = spanNanos / Math.max(1, script.size());
        this.watch = watch;
    }

    Script script() {
        return script;
    }

    long acked() {
        return acked.get();
    }

    long sent() {
        return sent.get();
    }

    long reconnects() {
        return Math.max(0, connects.get() - 1);
    }

    /// Until everything is acked, or the thread is interrupted.
    @Override
    public void run() {
        try {
            while (!isDone()) {
                try (var connection = new MqttConnection(port, script.device())) {
                    connects.incrementAndGet();
                    converse(connection);
                } catch (IOException _) {
                    TimeUnit.MILLISECONDS.sleep(
                            ThreadLocalRandom.current().nextLong(MIN_BACK_OFF_MILLIS, MAX_BACK_OFF_MILLIS));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void converse(MqttConnection connection) throws IOException, InterruptedException {
        begin();
        var listener = Thread.ofVirtual().start(() -> listen(connection));
        try {
            sayAgain(connection);
            while (awaitTurn(connection)) {
                say(connection);
            }
            if (isDone()) {
                connection.disconnect();
            }
        } finally {
            connection.close();
            listener.join();
        }
    }

    private void begin() {
        lock.lock();
        try {
            connected = true;
        } finally {
            lock.unlock();
        }
    }

    private void listen(MqttConnection connection) {
        try {
            while (true) {
                took(connection.awaitAck());
            }
        } catch (IOException _) {
            lock.lock();
            try {
                connected = false;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void took(int packetId) {
        lock.lock();
        try {
            var message = unacked.remove(packetId);
            if (message != null) {
                acked.incrementAndGet();
                watch.acked(message.nanos());
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void sayAgain(MqttConnection connection) throws IOException {
        lock.lock();
        try {
            for (var each : unacked.entrySet()) {
                int message = each.getValue().message();
                each.setValue(new Sent(message, System.nanoTime()));
                connection.publish(topic(), each.getKey(), script.payload(message), true);
                sent.incrementAndGet();
            }
        } finally {
            lock.unlock();
        }
        connection.flush();
    }

    /// Waits until the next message is due and may be sent.
    ///
    /// @return false when there is none left and all are acked
    /// @throws IOException when the connection has ended meanwhile
    private boolean awaitTurn(MqttConnection connection) throws IOException, InterruptedException {
        lock.lock();
        try {
            while (connected) {
                if (next == script.size() && unacked.isEmpty()) {
                    return false;
                }
                boolean mayBeSent = next < script.size() && !isFull() && !mustWaitForAcks();
                long restNanos = mayBeSent ? startNanos + next * stepNanos - System.nanoTime() : Long.MAX_VALUE;
                if (restNanos <= 0) {
                    return true;
                }
                connection.flush();
                changed.awaitNanos(restNanos);
            }
            throw new IOException("the connection has ended");
        } finally {
            lock.unlock();
        }
    }

    private boolean mustWaitForAcks() {
        return script.isCorrection(next) && !unacked.isEmpty();
    }

    private boolean isFull() {
        return !unacked.isEmpty() && next - unacked.values().iterator().next().message() >= WINDOW;
    }

    private void say(MqttConnection connection) throws IOException {
        int message = next;
        int packetId = message % MAX_PACKET_ID + 1;
        lock.lock();
        try {
            unacked.put(packetId, new Sent(message, System.nanoTime()));
            next++;
        } finally {
            lock.unlock();
        }
        sent.incrementAndGet();
        connection.publish(topic(), packetId, script.payload(message), false);
    }

    boolean isDone() {
        lock.lock();
        try {
            return next == script.size() && unacked.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private String topic() {
        return "telemetry/" + script.device();
    }
}
