package io.telltale.gateway.listener;

import io.netty.util.concurrent.ScheduledFuture;

/// A will that waits for its device to come back.
///
/// @param publish may be run from any thread
record DelayedWill(ScheduledFuture<?> timer, Runnable publish) {

    /// The session goes on: nothing is to be said.
    void cancel() {
        timer.cancel(false);
    }

    /// The session ended: say it now, unless it was said.
    void publishNow() {
        if (timer.cancel(false)) {
            publish.run();
        }
    }
}
