package io.telltale.simulator.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A password. It prints as nothing that could be used.
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /// The first line of a file, or else what an environment variable holds: neither is seen by other users of
    /// the machine, as a command line is.
    ///
    /// @param option that named the file, for the refusal
    /// @throws IllegalArgumentException if the file cannot be read, or has nothing in its first line
    public static Optional<Secret> of(
            String option, Optional<Path> file, String variable, Map<String, String> environment) {
        return file.map(some -> read(option, some))
                .or(() -> Optional.ofNullable(environment.get(variable)).map(Secret::new));
    }

    private static Secret read(String option, Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .filter(line -> !line.isBlank())
                    .map(Secret::new)
                    .orElseThrow(() -> new IllegalArgumentException(
                            option + ": expected a password in the first line of " + file + ", got nothing"));
        } catch (IOException e) {
            throw new IllegalArgumentException(option + ": cannot read " + file, e);
        }
    }

    /// What it is. Only for the wire.
    public String revealed() {
        return text;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
