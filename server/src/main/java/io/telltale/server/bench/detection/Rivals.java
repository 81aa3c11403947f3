package io.telltale.server.bench.detection;

import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import io.telltale.server.detect.SeriesFile;

/// Other ways to score a series: the ones whose figures check the scoring, and detectors to compare with.
final class Rivals {
    private static final int CLOCK = 300;
    private static final int GAUSSIAN_WINDOW = 6400;
    private static final int GAUSSIAN_STEP = 100;
    private static final double WEIGHT = 0.02;
    private static final int SHINGLE = 8;

    private Rivals() {}

    /// An alarm every 300 rows: what blind luck is worth.
    static double[] clock(SeriesFile series) {
        var scores = new double[series.values().length];
        for (int row = CLOCK - 1; row < scores.length; row += CLOCK) {
            scores[row] = 1;
        }
        return scores;
    }

    static double[] scramble(SeriesFile series) {
        var scores = new double[series.values().length];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = row * 7919L % 10007 / 10007.0;
        }
        return scores;
    }

    /// The step from the value before, against the greatest so far.
    static double[] jump(SeriesFile series) {
        double[] values = series.values();
        var scores = new double[values.length];
        double greatest = 0;
        for (int row = 1; row < scores.length; row++) {
            double step = Math.abs(values[row] - values[row - 1]);
            greatest = Math.max(greatest, step);
            scores[row] = greatest == 0 ? 0 : step / greatest;
        }
        return scores;
    }

    /// The normal tail by mean and deviation of a window that slides in steps, as the benchmark's own baseline has it.
    static double[] windowedGaussian(SeriesFile series) {
        double[] values = series.values();
        var scores = new double[values.length];
        double mean = 0;
        double deviation = 1;
        for (int row = 0; row < values.length; row++) {
            if (row > 0 && (row < GAUSSIAN_STEP || row % GAUSSIAN_STEP == 0)) {
                int from = Math.max(0, row - GAUSSIAN_WINDOW);
                double sum = 0;
                double squares = 0;
                for (int i = from; i < row; i++) {
                    sum += values[i];
                }
                mean = sum / (row - from);
                for (int i = from; i < row; i++) {
                    squares += (values[i] - mean) * (values[i] - mean);
                }
                deviation = Math.max(Math.sqrt(squares / (row - from)), 1e-6);
            }
            scores[row] = certainty(Math.abs(values[row] - mean) / deviation);
        }
        return scores;
    }

    /// The normal tail by exponential mean and deviation.
    static double[] ewma(SeriesFile series) {
        double[] values = series.values();
        var scores = new double[values.length];
        double mean = values.length > 0 ? values[0] : 0;
        double variance = 0;
        for (int row = 1; row < values.length; row++) {
            double off = values[row] - mean;
            scores[row] = variance == 0 ? 0 : certainty(Math.abs(off) / Math.sqrt(variance));
            mean += WEIGHT * off;
            variance = (1 - WEIGHT) * (variance + WEIGHT * off * off);
        }
        return scores;
    }

    static double[] randomCutForest(SeriesFile series) {
        var forest = ThresholdedRandomCutForest.builder()
                .dimensions(SHINGLE)
                .shingleSize(SHINGLE)
                .randomSeed(42)
                .build();
        double[] values = series.values();
        var scores = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            scores[row] = forest.process(new double[] {values[row]}, row).getAnomalyGrade();
        }
        return scores;
    }

    /// Grows with the sigmas as a normal tail shrinks, without reaching 1 where that tail underflows.
    private static double certainty(double sigmas) {
        return 1 - 1 / (1 + sigmas * sigmas);
    }
}
