package io.telltale.analytics.sketch;

import io.telltale.analytics.model.SketchBuckets;
import java.util.Arrays;

/// Quantiles with a relative error of at most 1 %, mergeable, and the same whatever the order of the values.
/// Masson, Rim and Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees", PVLDB 12
/// (2019).
///
/// A value falls into the bucket `ceil(log(|value|) / log(gamma))`. In the portable form an index carries the sign as
/// well: 0 is the bucket of zero, an index above 0 is that of a positive value, shifted by 40,000 to be above 0 for the
/// smallest double too, and a negative value has the negated index of its magnitude. So ascending indexes are ascending
/// values.
///
/// At most 512 buckets; beyond, the lowest ones are joined and only the lowest quantiles lose their guarantee.
/// `add` costs O(buckets) at worst, mostly O(log buckets). Single-threaded.
public final class QuantileSketch {
    public static final double RELATIVE_ERROR = 0.01;
    static final int MAX_BUCKETS = 512;

    private static final double GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
    private static final double LOG_GAMMA = Math.log(GAMMA);
    private static final int SHIFT = 40_000;

    private int[] indexes = new int[2];
    private int[] counts = new int[2];
    private int size;

    /// The bucket of a finite value, for callers that add one value to several sketches.
    public static int bucketOf(double value) {
        if (value == 0) {
            return 0;
        }
        int magnitude = (int) Math.ceil(Math.log(Math.abs(value)) / LOG_GAMMA) + SHIFT;
        return value > 0 ? magnitude : -magnitude;
    }

    /// @param value finite
    public void add(double value) {
        addBucket(bucketOf(value));
    }

    public void addBucket(int bucket) {
        add(bucket, 1);
    }

    public void merge(SketchBuckets other) {
        for (int i = 0; i < other.indexes().length; i++) {
            add(other.indexes()[i], other.counts()[i]);
        }
    }

    public void merge(QuantileSketch other) {
        for (int i = 0; i < other.size; i++) {
            add(other.indexes[i], other.counts[i]);
        }
    }

    public SketchBuckets toBuckets() {
        return size == 0
                ? SketchBuckets.EMPTY
                : new SketchBuckets(Arrays.copyOf(indexes, size), Arrays.copyOf(counts, size));
    }

    /// The sketch of both sets of values together.
    public static SketchBuckets merge(SketchBuckets one, SketchBuckets other) {
        var both = new QuantileSketch();
        both.merge(one);
        both.merge(other);
        return both.toBuckets();
    }

    /// @param q 0 (the least) to 1 (the greatest)
    /// @return within 1 % of the value of that rank; NaN when `buckets` are empty
    public static double quantile(SketchBuckets buckets, double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile: expected 0 to 1, got " + q);
        }
        long total = 0;
        for (int count : buckets.counts()) {
            total += count;
        }
        double rank = q * (total - 1);
        long seen = 0;
        for (int i = 0; i < buckets.counts().length; i++) {
            seen += buckets.counts()[i];
            if (seen > rank) {
                return valueOf(buckets.indexes()[i]);
            }
        }
        return Double.NaN;
    }

    private void add(int index, int count) {
        int at = Arrays.binarySearch(indexes, 0, size, index);
        if (at >= 0) {
            counts[at] += count;
            return;
        }
        at = -at - 1;
        if (size == MAX_BUCKETS) {
            // One too many: of all, the new one included, the lowest joins the second lowest.
            if (at <= 1) {
                indexes[0] = at == 0 ? indexes[0] : index;
                counts[0] += count;
                return;
            }
            counts[1] += counts[0];
            size--;
            at--;
            System.arraycopy(indexes, 1, indexes, 0, size);
            System.arraycopy(counts, 1, counts, 0, size);
        } else if (size == indexes.length) {
            indexes = Arrays.copyOf(indexes, Math.min(2 * size, MAX_BUCKETS));
            counts = Arrays.copyOf(counts, indexes.length);
        }
        System.arraycopy(indexes, at, indexes, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        indexes[at] = index;
        counts[at] = count;
        size++;
    }

    private static double valueOf(int index) {
        if (index == 0) {
            return 0;
        }
        double magnitude = 2 * Math.pow(GAMMA, Math.abs(index) - SHIFT) / (GAMMA + 1);
        return index > 0 ? magnitude : -magnitude;
    }
}
