package io.telltale.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Ties a run to whoever started it: when they end, however they end, the pipe to us ends too.
final class Leash {
    private Leash() {}

    static void hold(InputStream input, Runnable whenItEnds) {
        Thread.ofPlatform().daemon().name("leash").start(() -> {
            try {
                input.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // A broken pipe is an end as well.
            }
            whenItEnds.run();
        });
    }
}
