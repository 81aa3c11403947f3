package io.telltale.analytics.window;

import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.sketch.QuantileSketch;

/// What is kept of the points of one window. Mean and squared differences by Welford, "Note on a method for calculating
/// corrected sums of squares and products", Technometrics 4 (1962); joined by Chan, Golub and LeVeque, "Updating
/// formulae and a pairwise algorithm for computing sample variances", COMPSTAT (1982).
final class WindowAggregate {
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double mean;
    private double m2;
    private long firstMillis = Long.MAX_VALUE;
    private double firstValue;
    private long lastMillis = Long.MIN_VALUE;
    private double lastValue;
    private final QuantileSketch quantiles = new QuantileSketch();

    boolean isEmpty() {
        return count == 0;
    }

    /// Event time of the last point.
    long lastMillis() {
        return lastMillis;
    }

    /// @param bucket of the value, from [QuantileSketch#bucketOf]
    void add(long eventTimeMillis, double value, int bucket) {
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        double delta = value - mean;
        // The difference of two finite values may be none; their quotients' is.
        mean += Double.isFinite(delta) ? delta / count : value / count - mean / count;
        m2 += delta * (value - mean);
        if (eventTimeMillis < firstMillis) {
            firstMillis = eventTimeMillis;
            firstValue = value;
        }
        if (eventTimeMillis > lastMillis) {
            lastMillis = eventTimeMillis;
            lastValue = value;
        }
        quantiles.addBucket(bucket);
    }

    void merge(Rollup other) {
        merge(other.count(), other.sum(), other.min(), other.max(), other.mean(), other.m2());
        ends(other.firstMillis(), other.firstValue(), other.lastMillis(), other.lastValue());
        quantiles.merge(other.quantiles());
    }

    void merge(WindowAggregate other) {
        merge(other.count, other.sum, other.min, other.max, other.mean, other.m2);
        ends(other.firstMillis, other.firstValue, other.lastMillis, other.lastValue);
        quantiles.merge(other.quantiles);
    }

    Rollup toRollup(SeriesKey series, long widthMillis, long startMillis, long version, Emission emission) {
        return new Rollup(
                series,
                widthMillis,
                startMillis,
                version,
                emission,
                count,
                sum,
                min,
                max,
                mean,
                m2,
                firstMillis,
                firstValue,
                lastMillis,
                lastValue,
                quantiles.toBuckets());
    }

    private void merge(
            long otherCount, double otherSum, double otherMin, double otherMax, double otherMean, double otherM2) {
        if (otherCount == 0) {
            return;
        }
        if (count == 0) {
            // Taken as it is: the formulae below would round, and a rollup would depend on when its points were folded.
            count = otherCount;
            sum = otherSum;
            min = otherMin;
            max = otherMax;
            mean = otherMean;
            m2 = otherM2;
            return;
        }
        long total = count + otherCount;
        double delta = otherMean - mean;
        m2 += otherM2 + delta * delta * ((double) count * otherCount / total);
        mean += delta * otherCount / total;
        count = total;
        sum += otherSum;
        min = Math.min(min, otherMin);
        max = Math.max(max, otherMax);
    }

    private void ends(long otherFirstMillis, double otherFirst, long otherLastMillis, double otherLast) {
        if (otherFirstMillis < firstMillis) {
            firstMillis = otherFirstMillis;
            firstValue = otherFirst;
        }
        if (otherLastMillis > lastMillis) {
            lastMillis = otherLastMillis;
            lastValue = otherLast;
        }
    }
}
