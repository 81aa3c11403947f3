package io.telltale.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every benchmark is asked: where its result goes besides the terminal.
final class BenchOptions {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there too.")
    private @Nullable Path file;

    /// @param result as JSON
    void show(String result) throws IOException {
        show(result, result);
    }

    /// @param gist for people
    /// @param result as JSON
    void show(String gist, String result) throws IOException {
        System.out.println(gist);
        if (file != null) {
            Files.writeString(file, result + System.lineSeparator());
        }
    }
}
