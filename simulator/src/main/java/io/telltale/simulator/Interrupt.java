package io.telltale.simulator;

import java.util.concurrent.CompletableFuture;

/// Turns Ctrl-C and SIGTERM into an orderly end: the run stops, the last acks come in, the summary is printed,
/// and the exit code is the run's own instead of that of a killed program.
final class Interrupt {
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread hook;

    private Interrupt(Runnable stop) {
        hook = Thread.ofPlatform().name("interrupt").unstarted(() -> {
            stop.run();
            Runtime.getRuntime().halt(exitCode.join());
        });
    }

    static Interrupt stops(Runnable stop) {
        var interrupt = new Interrupt(stop);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    /// Call when there is nothing left to do.
    void ends(int code) {
        exitCode.complete(code);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Shutting down already: the hook ends the program with this code.
        }
    }
}
