package io.telltale.server.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program of somebody else that ends when this process does, however that dies: a shell beside it waits for the end
/// of its own standard input.
public final class Leashed implements AutoCloseable {
    private static final String LEASH = "\"$@\" & child=$!; read -r _; kill $child; wait $child";
    private static final long STOPPING_SECONDS = 30;

    private static final long STARTING_SECONDS = 5;

    private final Process shell;
    private final long pid;

    /// @param output where it prints to, appended
    /// @param environment variables beside our own
    public Leashed(List<String> program, Map<String, String> environment, Path output)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("/bin/sh", "-c", LEASH, "sh"));
        command.addAll(program);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        shell = builder.start();
        pid = awaitChild();
    }

    private long awaitChild() throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTING_SECONDS);
        while (System.nanoTime() < deadlineNanos) {
            var child = shell.children().findFirst();
            if (child.isPresent()) {
                return child.get().pid();
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        close();
        throw new IOException("the shell started nothing within " + STARTING_SECONDS + " s");
    }

    /// The program itself, not the shell.
    public long pid() {
        return pid;
    }

    /// SIGTERM, and no patience without end.
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException _) {
            // It has ended already.
        }
        try {
            if (!shell.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
