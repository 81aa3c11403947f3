package io.telltale.server.detect;

import io.telltale.analytics.anomaly.SeriesScorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Scores recorded series with the detector of the device actors, as it is by default.
public final class Detection {
    private Detection() {}

    /// One score a row, each from that row and the ones before.
    public static double[] scores(SeriesFile series) {
        var scorer = new SeriesScorer();
        var scores = new double[series.values().length];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = scorer.score(series.timesMillis()[row], series.values()[row]);
        }
        return scores;
    }

    /// Scores a file, or every CSV file under a directory, into files of the same names under `out`.
    ///
    /// @return how many rows were scored
    /// @throws IllegalArgumentException when there is nothing to score, or naming what cannot be read
    public static long run(Path from, Path out) throws IOException {
        var files = files(from);
        var base = Files.isDirectory(from) ? from : from.toAbsolutePath().getParent();
        long rows = 0;
        for (Path file : files) {
            var series = SeriesFile.read(file);
            var relative = base == null ? file : base.toAbsolutePath().relativize(file.toAbsolutePath());
            var target = out.resolve(SeriesFile.plainName(relative));
            if (Files.exists(target) && Files.isSameFile(target, file)) {
                throw new IllegalArgumentException(target + ": would overwrite what it reads; choose another --out");
            }
            write(series, scores(series), target);
            rows += series.values().length;
        }
        return rows;
    }

    private static List<Path> files(Path from) throws IOException {
        if (!Files.exists(from)) {
            throw new IllegalArgumentException(from + ": expected a CSV file or a directory, found nothing");
        }
        if (!Files.isDirectory(from)) {
            return List.of(from);
        }
        try (var below = Files.walk(from)) {
            var files = below.filter(Files::isRegularFile)
                    .filter(SeriesFile::isOne)
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new IllegalArgumentException(from + ": expected files ending in .csv or .csv.gz, found none");
            }
            return files;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(SeriesFile series, double[] scores, Path target) throws IOException {
        var parent = target.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (var writer = Files.newBufferedWriter(target)) {
            writer.write("timestamp,value,anomaly_score\n");
            for (int row = 0; row < scores.length; row++) {
                writer.append(series.rows().get(row))
                        .append(',')
                        .append(Double.toString(scores[row]))
                        .append('\n');
            }
        }
    }
}
