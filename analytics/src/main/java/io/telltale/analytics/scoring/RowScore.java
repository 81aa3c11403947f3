package io.telltale.analytics.scoring;

import java.util.List;

/// Rows that are found, false and missed, where an event that [EventScore] holds for found counts with all its
/// rows, and an alarm outside events with its own: the measure of the AIOps challenge of 2018, with its delay
/// of seven rows. Long events count for many, so it flatters; it is here to compare with figures published
/// elsewhere. Xu et al., "Unsupervised anomaly detection via variational auto-encoder for seasonal KPIs in web
/// applications", WWW (2018).
///
/// @param threshold a row is an alarm from here on
public record RowScore(double threshold, int found, int falseRows, int missed) {
    public double f1() {
        int all = 2 * found + falseRows + missed;
        return all == 0 ? 0 : 2.0 * found / all;
    }

    /// The score at one threshold for all series.
    public static RowScore at(double threshold, List<Judged> all) {
        var alarms = Alarms.at(threshold, all, 0);
        return new RowScore(threshold, alarms.foundRows(), alarms.falseAlarms(), alarms.missedRows());
    }

    /// The score at the best of the thresholds that [EventScore#best] tries.
    public static RowScore best(List<Judged> all) {
        var best = new RowScore(NabScore.NEVER, 0, 0, 0);
        for (double threshold : EventScore.candidates(all)) {
            var score = at(threshold, all);
            best = score.f1() > best.f1() ? score : best;
        }
        return best;
    }
}
