package io.telltale.analytics.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Events found in time, alerts that were false, events missed. An event is found by an alarm on one of its first eight
/// rows; outside events an alarm row is a false alert that covers the next seven rows as well. The delay of seven is
/// that of the AIOps challenge of 2018; unlike there no row is counted as found for its neighbours' sake.
///
/// @param threshold a row is an alarm from here on
public record EventScore(double threshold, int hits, int falseAlerts, int missed) {
    /// Thresholds that [#best] tries: more would find the same within a thousandth.
    private static final int CANDIDATES = 400;

    public double f1() {
        int all = 2 * hits + falseAlerts + missed;
        return all == 0 ? 0 : 2.0 * hits / all;
    }

    /// The score at one threshold for all series.
    public static EventScore at(double threshold, List<Judged> all) {
        var alarms = Alarms.at(threshold, all, Alarms.DELAY);
        return new EventScore(threshold, alarms.found(), alarms.falseAlarms(), alarms.missed());
    }

    /// The score at the best of some hundred thresholds, denser where fewer rows reach them.
    public static EventScore best(List<Judged> all) {
        var best = new EventScore(NabScore.NEVER, 0, 0, 0);
        for (double threshold : candidates(all)) {
            var score = at(threshold, all);
            best = score.f1() > best.f1() ? score : best;
        }
        return best;
    }

    static double[] candidates(List<Judged> all) {
        double[] sorted = all.stream()
                .flatMapToDouble(one -> Arrays.stream(one.scores(), one.from(), one.scores().length))
                .sorted()
                .toArray();
        return IntStream.range(0, CANDIDATES)
                .map(i -> (int) Math.pow(sorted.length / 10.0, i / (CANDIDATES - 1.0)))
                .mapToDouble(fromTop -> sorted[Math.max(0, sorted.length - fromTop)])
                .distinct()
                .toArray();
    }
}
