package io.telltale.simulator.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the recordings in a file or below a directory, with their labels.
public final class Recordings {
    private Recordings() {}

    /// @param from a CSV file, plain or with gzip, or a directory of them
    /// @param labels JSON: for each file, named from the directory on, its windows as `[[first, last], ...]`
    /// @throws IllegalArgumentException if a file says something that cannot be, naming file and line
    public static List<Recording> load(Path from, Optional<Path> labels) {
        try {
            var windows = labels.isPresent() ? windows(labels.get()) : Map.<String, List<Recording.Window>>of();
            var recordings = new ArrayList<Recording>();
            for (var file : files(from)) {
                var name = Files.isDirectory(from)
                        ? from.relativize(file).toString().replace('\\', '/')
                        : String.valueOf(file.getFileName());
                recordings.add(CsvFile.read(file, stem(name), windows.getOrDefault(name, List.of())));
            }
            if (recordings.isEmpty()) {
                throw new IllegalArgumentException(from + ": expected a .csv or .csv.gz file in it, found none");
            }
            return recordings;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + e.getMessage(), e);
        }
    }

    private static List<Path> files(Path from) throws IOException {
        if (!Files.isDirectory(from)) {
            return List.of(from);
        }
        try (var all = Files.walk(from)) {
            return all.filter(file ->
                            file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz"))
                    .sorted()
                    .toList();
        }
    }

    /// A device's name: no level of a topic may be in it.
    private static String stem(String name) {
        return name.replaceAll("\\.csv(\\.gz)?$", "").replaceAll("[/+# ]", ".");
    }

    private static Map<String, List<Recording.Window>> windows(Path labels) throws IOException {
        var byFile = new HashMap<String, List<Recording.Window>>();
        for (var entry : new ObjectMapper().readTree(labels.toFile()).properties()) {
            var windows = new ArrayList<Recording.Window>();
            entry.getValue().forEach(window -> windows.add(new Recording.Window(time(window, 0), time(window, 1))));
            byFile.put(entry.getKey(), windows);
        }
        return byFile;
    }

    private static long time(JsonNode window, int end) {
        return CsvFile.parse(window.path(end).asText());
    }
}
