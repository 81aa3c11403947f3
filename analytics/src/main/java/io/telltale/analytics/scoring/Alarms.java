package io.telltale.analytics.scoring;

import java.util.List;

/// What alarms at one threshold make of labelled series. An event is found by an alarm on one of its first
/// eight rows: the delay of seven is that of the AIOps challenge of 2018.
///
/// @param foundRows the rows of those found, as far as they count
/// @param missedRows likewise
/// @param falseAlarms outside events
record Alarms(int found, int foundRows, int missed, int missedRows, int falseAlarms) {
    static final int DELAY = 7;

    /// @param covered rows behind a false alarm or an event on which an alarm says nothing new
    static Alarms at(double threshold, List<Judged> all, int covered) {
        int found = 0;
        int foundRows = 0;
        int missed = 0;
        int missedRows = 0;
        int falseAlarms = 0;
        for (Judged one : all) {
            double[] scores = one.scores();
            int row = one.from();
            for (Span span : one.spans()) {
                if (span.last() < one.from()) {
                    continue;
                }
                falseAlarms += count(scores, row, span.first(), threshold, covered);
                int rows = span.last() + 1 - Math.max(span.first(), one.from());
                if (isFound(scores, span, threshold)) {
                    found++;
                    foundRows += rows;
                } else {
                    missed++;
                    missedRows += rows;
                }
                row = Math.max(row, span.last() + 1 + covered);
            }
            falseAlarms += count(scores, row, scores.length, threshold, covered);
        }
        return new Alarms(found, foundRows, missed, missedRows, falseAlarms);
    }

    private static boolean isFound(double[] scores, Span span, double threshold) {
        for (int row = span.first(); row <= Math.min(span.last(), span.first() + DELAY); row++) {
            if (scores[row] >= threshold) {
                return true;
            }
        }
        return false;
    }

    private static int count(double[] scores, int from, int to, double threshold, int covered) {
        int alarms = 0;
        for (int row = from; row < to; row++) {
            if (scores[row] >= threshold) {
                alarms++;
                row += covered;
            }
        }
        return alarms;
    }
}
