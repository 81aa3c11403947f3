package io.telltale.server.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Sends as many messages as asked, however long their acks take; only its full socket stops it.
final class HastyDevice implements Closeable {
    private static final int BURSTS_PER_SECOND = 100;

    private final RawDevice device;
    private final Thread thread;

    HastyDevice(int port, int messagesPerSecond) throws IOException {
        device = new RawDevice(port, "hasty");
        thread = Thread.ofPlatform().daemon().name("hasty-device").start(() -> send(messagesPerSecond));
    }

    private void send(int messagesPerSecond) {
        try {
            for (long value = 0; !Thread.currentThread().isInterrupted(); ) {
                for (int i = 0; i < messagesPerSecond / BURSTS_PER_SECOND; i++) {
                    device.publish("{\"pulseCounter\":" + value++ + "}");
                }
                TimeUnit.MILLISECONDS.sleep(TimeUnit.SECONDS.toMillis(1) / BURSTS_PER_SECOND);
            }
        } catch (IOException | InterruptedException _) {
            // The run is over.
        }
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        device.close();
    }
}
