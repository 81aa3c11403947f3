package io.telltale.server.bench.detection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.analytics.scoring.Judged;
import io.telltale.analytics.scoring.NabScore;
import io.telltale.analytics.scoring.Span;
import io.telltale.server.detect.SeriesFile;
import io.telltale.server.detect.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Labelled series.
record Corpus(List<Labelled> all) {
    record Labelled(String name, SeriesFile series, List<Span> spans, int from) {}

    /// `windows.json` and the files under `data/`, as the Numenta Anomaly Benchmark has them.
    static Corpus nab(Path directory) throws IOException {
        var all = new ArrayList<Labelled>();
        for (var entry : json(directory.resolve("windows.json")).properties()) {
            var series = SeriesFile.read(directory.resolve("data").resolve(entry.getKey()));
            all.add(new Labelled(
                    entry.getKey(),
                    series,
                    spans(series, entry.getValue()),
                    NabScore.probation(series.values().length)));
        }
        return new Corpus(List.copyOf(all));
    }

    /// `kpi_segments.json` and the packed files under `kpi/`, as the AIOps challenge of 2018 had them.
    static Corpus kpi(Path directory) throws IOException {
        var all = new ArrayList<Labelled>();
        for (var entry : json(directory.resolve("kpi_segments.json")).properties()) {
            var series = SeriesFile.read(directory.resolve("kpi").resolve(entry.getKey() + ".csv.gz"));
            var labels = entry.getValue();
            all.add(new Labelled(
                    entry.getKey(),
                    series,
                    spans(series, labels.path("segments")),
                    first(series, Timestamps.millis(labels.path("eval_from").asText()))));
        }
        return new Corpus(List.copyOf(all));
    }

    List<Judged> judgedBy(Function<SeriesFile, double[]> detector) {
        return all.stream()
                .map(one -> new Judged(detector.apply(one.series), one.spans, one.from))
                .toList();
    }

    private static JsonNode json(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": expected labels, found nothing");
        }
        return new ObjectMapper().readTree(file.toFile());
    }

    private static List<Span> spans(SeriesFile series, JsonNode labels) {
        var spans = new ArrayList<Span>();
        for (JsonNode label : labels) {
            spans.add(new Span(
                    first(series, Timestamps.millis(label.path(0).asText())),
                    last(series, Timestamps.millis(label.path(1).asText()))));
        }
        return spans;
    }

    private static int first(SeriesFile series, long millis) {
        for (int row = 0; row < series.timesMillis().length; row++) {
            if (series.timesMillis()[row] == millis) {
                return row;
            }
        }
        throw new IllegalArgumentException("labels: no row at " + millis);
    }

    private static int last(SeriesFile series, long millis) {
        for (int row = series.timesMillis().length - 1; row >= 0; row--) {
            if (series.timesMillis()[row] == millis) {
                return row;
            }
        }
        throw new IllegalArgumentException("labels: no row at " + millis);
    }
}
