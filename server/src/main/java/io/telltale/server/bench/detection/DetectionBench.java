package io.telltale.server.bench.detection;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.analytics.scoring.EventScore;
import io.telltale.analytics.scoring.Judged;
import io.telltale.analytics.scoring.NabProfile;
import io.telltale.analytics.scoring.NabScore;
import io.telltale.analytics.scoring.RowScore;
import io.telltale.server.detect.Detection;
import io.telltale.server.detect.SeriesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Scores the detector on labelled recordings, beside others, after the scoring itself is checked by figures that are
/// known for detectors anybody can write down.
public final class DetectionBench {
    private static final int FOLDS = 5;

    private final Corpus nab;
    private final Corpus kpi;

    private DetectionBench(Corpus nab, Corpus kpi) {
        this.nab = nab;
        this.kpi = kpi;
    }

    /// @return the results as JSON
    /// @throws IllegalArgumentException when there are no labels in the directory
    public static String run(Path directory) throws IOException {
        var bench = new DetectionBench(Corpus.nab(directory), Corpus.kpi(directory));
        var found = new LinkedHashMap<String, Object>();
        found.put("check clock", bench.nabScores(Rivals::clock));
        found.put("check scramble", bench.nabScores(Rivals::scramble));
        found.put("check jump", bench.nabScores(Rivals::jump));
        found.put("check clock, events at 0.5", event(EventScore.at(0.5, bench.kpi.judgedBy(Rivals::clock))));
        found.put("check jump, events at 0.5", event(EventScore.at(0.5, bench.kpi.judgedBy(Rivals::jump))));
        found.put("telltale", bench.whole(Detection::scores));
        found.put("windowed gaussian", bench.whole(Rivals::windowedGaussian));
        found.put("ewma", bench.whole(Rivals::ewma));
        found.put("thresholded random cut forest", bench.whole(Rivals::randomCutForest));
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(found);
    }

    private Map<String, Object> whole(Function<SeriesFile, double[]> detector) {
        long rows = 0;
        for (var one : nab.all()) {
            rows += one.series().values().length;
        }
        for (var one : kpi.all()) {
            rows += one.series().values().length;
        }
        long start = System.nanoTime();
        var onNab = nab.judgedBy(detector);
        var onKpi = kpi.judgedBy(detector);
        double nanos = (System.nanoTime() - start) / (double) rows;
        var found = new LinkedHashMap<String, Object>();
        found.put("nab", nabScores(onNab));
        found.put("nab standard, threshold of other files", foldedNab(onNab));
        found.put("events", event(EventScore.best(onKpi)));
        found.put("events, threshold of other series", foldedEvents(onKpi));
        found.put("rows of events, adjusted", rows(RowScore.best(onKpi)));
        found.put("nanosAPoint", Math.round(nanos));
        return found;
    }

    private Map<String, Object> nabScores(Function<SeriesFile, double[]> detector) {
        return nabScores(nab.judgedBy(detector));
    }

    private static Map<String, Object> nabScores(List<Judged> judged) {
        var found = new LinkedHashMap<String, Object>();
        for (NabProfile profile : NabProfile.values()) {
            found.put(profile.name(), NabScore.best(judged, profile));
        }
        return found;
    }

    /// Every fifth file is scored at the threshold that is best for the others; the mean over the fifths by windows.
    private static double foldedNab(List<Judged> judged) {
        double sum = 0;
        int windows = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            double threshold = NabScore.best(part(judged, fold, false), NabProfile.STANDARD)
                    .threshold();
            var score = NabScore.at(threshold, part(judged, fold, true), NabProfile.STANDARD);
            sum += score.score() * score.windows();
            windows += score.windows();
        }
        return sum / windows;
    }

    /// Each series at the threshold that is best for the others.
    private static double foldedEvents(List<Judged> judged) {
        int hits = 0;
        int falseAlerts = 0;
        int missed = 0;
        for (int i = 0; i < judged.size(); i++) {
            var others = new ArrayList<>(judged);
            var one = others.remove(i);
            double threshold = EventScore.best(others).threshold();
            var score = EventScore.at(threshold, List.of(one));
            hits += score.hits();
            falseAlerts += score.falseAlerts();
            missed += score.missed();
        }
        return new EventScore(0, hits, falseAlerts, missed).f1();
    }

    private static List<Judged> part(List<Judged> all, int fold, boolean isInside) {
        var part = new ArrayList<Judged>();
        for (int i = 0; i < all.size(); i++) {
            if ((i % FOLDS == fold) == isInside) {
                part.add(all.get(i));
            }
        }
        return part;
    }

    private static Map<String, Object> event(EventScore score) {
        return Map.of(
                "f1", score.f1(),
                "threshold", score.threshold(),
                "hits", score.hits(),
                "falseAlerts", score.falseAlerts(),
                "missed", score.missed());
    }

    private static Map<String, Object> rows(RowScore score) {
        return Map.of(
                "f1", score.f1(),
                "threshold", score.threshold(),
                "found", score.found(),
                "falseRows", score.falseRows(),
                "missed", score.missed());
    }
}
