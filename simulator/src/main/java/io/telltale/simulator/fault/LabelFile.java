package io.telltale.simulator.fault;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/// Labels as JSON lines.
public final class LabelFile {
    private LabelFile() {}

    public static void write(Path file, Collection<Label> labels) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            labels.forEach(label -> line(writer, label));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void line(BufferedWriter writer, Label label) {
        try {
            writer.write(label.json());
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
