package io.telltale.storage.clickhouse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The main class of the engine's own JVM: loads ClickHouse as a shared library and runs `clickhouse-local` in it until
/// standard input ends. That input is a leash: it ends when the parent lets go or dies, however it dies.
///
/// Arguments: the library, the start-up script (SQL), then arguments for `clickhouse-local` as they are. Exit status 0
/// after the leash was let go or a SIGTERM, 1 when the engine gave up by itself; its reason is on standard error.
///
/// Uses the JDK alone, so that this JVM's class path is one entry and it starts in a tenth of a second.
@SuppressWarnings("restricted") // a shared library is the whole point
public final class EngineHost {
    /// ClickHouse's parser and analyzer recurse deeply; the JVM's default would overflow on a large query.
    private static final long ENGINE_STACK_BYTES = 16L << 20;

    private static final long CLEAN_STOP_MILLIS = 10_000;

    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup library;
    private final int leashReadEnd;
    private final int leashWriteEnd;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private EngineHost(Path libraryFile) throws Throwable {
        library = SymbolLookup.libraryLookup(libraryFile, Arena.global());
        // Its handlers would take SIGSEGV from the JVM, which needs it for every null check.
        function(library, "chdb_set_signal_handlers_enabled", FunctionDescriptor.ofVoid(JAVA_INT))
                .invokeExact(0);
        // A session of its own: Ctrl-C at the terminal is for the parent, which still wants to write its last batch.
        int ignored = (int) function(linker.defaultLookup(), "setsid", FunctionDescriptor.of(JAVA_INT))
                .invokeExact();
        MemorySegment ends = Arena.global().allocate(JAVA_INT, 2);
        int failed = (int) function(linker.defaultLookup(), "pipe", FunctionDescriptor.of(JAVA_INT, ADDRESS))
                .invokeExact(ends);
        if (failed != 0) {
            throw new IOException("pipe(2) failed: out of file descriptors?");
        }
        leashReadEnd = ends.getAtIndex(JAVA_INT, 0);
        leashWriteEnd = ends.getAtIndex(JAVA_INT, 1);
    }

    static void main(String[] arguments) throws Throwable {
        EngineHost host = new EngineHost(Path.of(arguments[0]));
        List<String> commandLine =
                host.commandLine(arguments[1], Arrays.asList(arguments).subList(2, arguments.length));

        Thread engine = new Thread(null, () -> host.run(commandLine), "engine", ENGINE_STACK_BYTES);
        engine.setDaemon(true);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> host.stop(engine), "stop"));
        engine.start();

        while (System.in.read() >= 0) {
            // nothing is ever said on the leash; its end is the message
        }
        host.stop(engine);
    }

    /// The engine reads its second "queries file", the pipe, until we close the other end: it waits without polling.
    private List<String> commandLine(String startScript, List<String> more) {
        List<String> commandLine = new ArrayList<>(List.of("clickhouse-local"));
        commandLine.addAll(more);
        commandLine.addAll(List.of("--queries-file", startScript, "/dev/fd/" + leashReadEnd));
        return commandLine;
    }

    private void run(List<String> commandLine) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment argv = arena.allocate(ADDRESS, commandLine.size() + 1L);
            for (int i = 0; i < commandLine.size(); i++) {
                argv.setAtIndex(ADDRESS, i, arena.allocateFrom(commandLine.get(i)));
            }
            MemorySegment result = (MemorySegment)
                    function(library, "chdb_query_cmdline", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS))
                            .invokeExact(commandLine.size(), argv);
            // The result holds an error of the command line only; what fails later is printed by the engine itself.
            if (result.address() != 0) {
                MemorySegment error =
                        (MemorySegment) function(library, "chdb_result_error", FunctionDescriptor.of(ADDRESS, ADDRESS))
                                .invokeExact(result);
                if (error.address() != 0) {
                    System.err.println(error.reinterpret(Long.MAX_VALUE).getString(0));
                }
            }
        } catch (Throwable broken) { // MethodHandle.invokeExact declares it
            System.err.println("running the engine: " + broken);
        }
        if (!stopping.get()) {
            halt(1);
        }
    }

    private void stop(Thread engine) {
        if (stopping.getAndSet(true)) {
            return;
        }
        try {
            int ignored = (int) function(linker.defaultLookup(), "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT))
                    .invokeExact(leashWriteEnd);
            engine.join(CLEAN_STOP_MILLIS);
        } catch (Throwable broken) { // MethodHandle.invokeExact declares it
            System.err.println("stopping the engine: " + broken);
        }
        halt(0);
    }

    private MethodHandle function(SymbolLookup where, String name, FunctionDescriptor type) {
        return linker.downcallHandle(where.findOrThrow(name), type);
    }

    /// Never `System.exit`: C++ exit handlers under live engine threads crash.
    private static void halt(int status) {
        Runtime.getRuntime().halt(status);
    }
}
