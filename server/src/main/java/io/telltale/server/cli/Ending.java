package io.telltale.server.cli;

import java.util.concurrent.CompletableFuture;

/// Lets a command that is told to stop by a signal end in its own way and with its own exit code: the signal starts the
/// ending, and the command's thread, which the JVM leaves running meanwhile, goes on to its end.
final class Ending {
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();

    private Ending() {}

    static Ending onSignal() {
        var ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(ending::hurry, "ending"));
        return ending;
    }

    /// @param stop makes the command's thread come to its end soon; runs at once if the signal was earlier
    void stopsBy(Runnable stop) {
        asked.thenRun(stop);
    }

    /// The command has ended; on a signal this ends the process.
    void reached(int exitCode) {
        code.complete(exitCode);
    }

    private void hurry() {
        if (!code.isDone()) {
            asked.complete(null);
            Runtime.getRuntime().halt(code.join());
        }
    }
}
