package io.telltale.server.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Connects, says something and breaks the connection, once a second.
final class FlappingDevice implements Closeable {
    private final int port;
    private final Thread thread;

    FlappingDevice(int port) {
        this.port = port;
        thread = Thread.ofPlatform().daemon().name("flapping-device").start(this::flap);
    }

    private void flap() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try (var device = new RawDevice(port, "flapping")) {
                    device.publish("{\"a\":1}");
                    TimeUnit.SECONDS.sleep(1);
                }
            }
        } catch (IOException | InterruptedException _) {
            // The run is over.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
