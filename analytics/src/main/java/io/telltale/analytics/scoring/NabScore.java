package io.telltale.analytics.scoring;

import java.util.Arrays;
import java.util.List;

/// The score of the Numenta Anomaly Benchmark: early alarms inside labelled windows gain, every alarm row outside
/// costs, less right behind a window. 0 is no alarm at all, 100 an alarm on the first row of every window.
/// Lavin and Ahmad, "Evaluating real-time anomaly detection algorithms: the Numenta Anomaly Benchmark", ICMLA (2015).
///
/// @param threshold a row is an alarm from here on
/// @param hits windows with an alarm
/// @param falseRows alarm rows outside windows
public record NabScore(double score, double threshold, int hits, int windows, int falseRows) {
    /// The threshold that no score reaches.
    public static final double NEVER = 1.1;

    private static final double FURTHEST = 3;
    private static final double AT_START = sigmoid(-1);

    /// Rows that a detector may learn from before it is judged.
    public static int probation(int rows) {
        return (int) Math.min(Math.floor(0.15 * rows), 750);
    }

    /// The score at one threshold for all series.
    public static NabScore at(double threshold, List<Judged> all, NabProfile profile) {
        var tally = new Tally(all, profile);
        for (int series = 0; series < all.size(); series++) {
            double[] scores = all.get(series).scores();
            for (int row = all.get(series).from(); row < scores.length; row++) {
                if (scores[row] >= threshold) {
                    tally.alarm(series, row);
                }
            }
        }
        return tally.result(threshold);
    }

    /// The score at the threshold that is best for all series together; of several the highest one.
    public static NabScore best(List<Judged> all, NabProfile profile) {
        var rows = Row.descending(all);
        var tally = new Tally(all, profile);
        var best = tally.result(NEVER);
        for (int i = 0; i < rows.length; i++) {
            tally.alarm(rows[i].series, rows[i].row);
            boolean isLastOfItsScore = i + 1 == rows.length || rows[i + 1].score < rows[i].score;
            if (isLastOfItsScore && tally.score() > best.score) {
                best = tally.result(rows[i].score);
            }
        }
        return best;
    }

    private static double sigmoid(double x) {
        return x > FURTHEST ? -1 : 2 / (1 + Math.exp(5 * x)) - 1;
    }

    private record Row(double score, int series, int row) {
        static Row[] descending(List<Judged> all) {
            int count = 0;
            for (Judged one : all) {
                count += Math.max(0, one.scores().length - one.from());
            }
            var rows = new Row[count];
            for (int series = 0; series < all.size(); series++) {
                var one = all.get(series);
                for (int row = one.from(); row < one.scores().length; row++) {
                    rows[--count] = new Row(one.scores()[row], series, row);
                }
            }
            Arrays.sort(rows, (a, b) -> Double.compare(b.score, a.score));
            return rows;
        }
    }

    /// Alarms, counted in any order.
    private static final class Tally {
        private final List<Judged> all;
        private final NabProfile profile;

        /// The earliest alarm of every window of every series; beyond its end when there is none.
        private final int[][] earliest;

        private final int windows;
        private double raw;
        private int hits;
        private int falseRows;

        Tally(List<Judged> all, NabProfile profile) {
            this.all = all;
            this.profile = profile;
            earliest = new int[all.size()][];
            int count = 0;
            for (int series = 0; series < earliest.length; series++) {
                earliest[series] = all.get(series).spans().stream()
                        .mapToInt(span -> span.last() + 1)
                        .toArray();
                count += earliest[series].length;
            }
            windows = count;
            raw = -profile.miss * count;
        }

        void alarm(int series, int row) {
            var spans = all.get(series).spans();
            int before = -1; // the last window that begins at or before the row
            while (before + 1 < spans.size() && spans.get(before + 1).first() <= row) {
                before++;
            }
            if (before < 0) {
                falseRows++;
                raw -= profile.falseAlarm;
            } else if (row > spans.get(before).last()) {
                var span = spans.get(before);
                falseRows++;
                raw += profile.falseAlarm * sigmoid((row - span.last()) / (span.length() - 1.0));
            } else {
                hit(series, before, row);
            }
        }

        private void hit(int series, int window, int row) {
            var span = all.get(series).spans().get(window);
            int known = earliest[series][window];
            if (known > span.last()) {
                hits++;
                raw += profile.miss + worth(span, row);
            } else if (row < known) {
                raw += worth(span, row) - worth(span, known);
            } else {
                return;
            }
            earliest[series][window] = row;
        }

        private double worth(Span span, int row) {
            return profile.hit * sigmoid(-(span.last() - row + 1.0) / span.length()) / AT_START;
        }

        double score() {
            return windows == 0 ? 0 : 100 * (raw + profile.miss * windows) / ((profile.hit + profile.miss) * windows);
        }

        NabScore result(double threshold) {
            return new NabScore(score(), threshold, hits, windows, falseRows);
        }
    }
}
