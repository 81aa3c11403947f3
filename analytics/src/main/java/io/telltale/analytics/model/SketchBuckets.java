package io.telltale.analytics.model;

import java.util.Arrays;

/// The portable form of a quantile sketch: how many values fell into which logarithmic bucket, sparse, by ascending
/// index.
///
/// @param indexes ascending, no repeats
/// @param counts as long as `indexes`, each above 0
public record SketchBuckets(int[] indexes, int[] counts) {
    public static final SketchBuckets EMPTY = new SketchBuckets(new int[0], new int[0]);

    public SketchBuckets {
        if (indexes.length != counts.length) {
            throw new IllegalArgumentException(
                    "sketch buckets: " + indexes.length + " indexes but " + counts.length + " counts");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SketchBuckets(int[] otherIndexes, int[] otherCounts)
                && Arrays.equals(indexes, otherIndexes)
                && Arrays.equals(counts, otherCounts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(indexes) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "SketchBuckets[" + Arrays.toString(indexes) + ", " + Arrays.toString(counts) + "]";
    }
}
