package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Series;
import java.util.Arrays;

/// What the points before let expect of each point of a stretch, as the detectors see it: one ordinary point in
/// a thousand lies outside. Where the points are means of a step, it is of such means. Arrays as long as the
/// stretch; NaN where too little is known. Owned by the reader.
///
/// @param low lower edge
/// @param high upper edge
public record ExpectedBand(double[] low, double[] high) {
    private static final double DECADES = 3;
    private static final int ENOUGH = 50;

    /// Some half a microsecond a point.
    ///
    /// @param before the stretch before, from which is learned; may be empty
    public static ExpectedBand of(Series before, Series series) {
        var scorer = new SeriesScorer();
        int seen = 0;
        for (int i = 0; i < before.timesMillis().length; i++) {
            scorer.score(before.timesMillis()[i], before.mean()[i]);
            seen++;
        }
        int points = series.timesMillis().length;
        var band = new ExpectedBand(new double[points], new double[points]);
        Arrays.fill(band.low, Double.NaN);
        Arrays.fill(band.high, Double.NaN);
        for (int i = 0; i < points; i++) {
            scorer.score(series.timesMillis()[i], series.mean()[i]);
            if (++seen > ENOUGH) {
                double half = scorer.halfBand(DECADES);
                band.low[i] = scorer.expected() - half;
                band.high[i] = scorer.expected() + half;
            }
        }
        return band;
    }
}
