package io.telltale.server;

import io.telltale.dashboard.devices.DeviceIndex;
import io.telltale.devices.Devices;
import io.telltale.devices.LeftOpen;
import io.telltale.devices.state.DeviceRules;
import io.telltale.storage.OutcomeStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads which devices were known before the start: for the page, and for the sweep, which asks those that something
/// was left open of. In the background, so that no device waits at the door for it; one that speaks meanwhile recovers
/// by itself.
final class KnownDevices {
    private static final Logger log = LoggerFactory.getLogger(KnownDevices.class);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    private final OutcomeStore store;
    private final DeviceIndex index;
    private final Devices devices;
    private final DeviceRules rules;
    private final Thread thread = Thread.ofVirtual().name("known-devices").unstarted(this::run);

    KnownDevices(OutcomeStore store, DeviceIndex index, Devices devices, DeviceRules rules) {
        this.store = store;
        this.index = index;
        this.devices = devices;
        this.rules = rules;
    }

    void load() {
        index.beginLoading();
        thread.start();
    }

    private void run() {
        try {
            devices.wake(read().devices());
            index.endLoading();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /// A ClickHouse that dies while we start is back in a moment.
    private LeftOpen read() throws InterruptedException {
        while (true) {
            var leftOpen = new LeftOpen(rules);
            try {
                store.forEachDevice(device -> {
                            index.load(device);
                            leftOpen.consider(device);
                        })
                        .toCompletableFuture()
                        .join();
                return leftOpen;
            } catch (CompletionException failed) {
                log.warn(
                        "the store does not say which devices it knows, asked again in {}: {}",
                        ASK_AGAIN,
                        String.valueOf(failed.getCause()));
                Thread.sleep(ASK_AGAIN);
            }
        }
    }

    CompletionStage<Done> close() {
        thread.interrupt();
        return CompletableFuture.completedFuture(Done.getInstance());
    }
}
