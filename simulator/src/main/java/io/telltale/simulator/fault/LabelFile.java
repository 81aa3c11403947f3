package io.telltale.simulator.fault;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Writes labels as JSON lines, in the order in which the faults end.
public final class LabelFile implements Consumer<Label>, AutoCloseable {
    private final BufferedWriter writer;

    public LabelFile(Path file) throws IOException {
        writer = Files.newBufferedWriter(file);
    }

    @Override
    public void accept(Label label) {
        try {
            writer.write(label.json());
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
