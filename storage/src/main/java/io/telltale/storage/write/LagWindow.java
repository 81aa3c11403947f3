package io.telltale.storage.write;

import java.util.Arrays;

/// How long outcomes took from arrival to durable, over the last ten seconds. Quantiles are exact to one part in eight.
/// Safe for many threads; costs a few nanoseconds to add to.
final class LagWindow {
    private static final int SECONDS = 10;
    /// Eight buckets to each doubling, from one millisecond to half a year.
    private static final int BUCKETS = 8 * 32;

    private final long[][] counts = new long[SECONDS][BUCKETS];
    private final long[] seconds = new long[SECONDS];

    synchronized void add(long nowMillis, long lagMillis, int outcomes) {
        long second = nowMillis / 1000;
        int slot = (int) (second % SECONDS);
        if (seconds[slot] != second) {
            Arrays.fill(counts[slot], 0);
            seconds[slot] = second;
        }
        counts[slot][bucket(lagMillis)] += outcomes;
    }

    /// The upper edge of the bucket that holds the quantile; 0 when nothing became durable lately.
    synchronized long quantileMillis(long nowMillis, double quantile) {
        long oldest = nowMillis / 1000 - SECONDS + 1;
        long[] sums = new long[BUCKETS];
        long total = 0;
        for (int slot = 0; slot < SECONDS; slot++) {
            if (seconds[slot] >= oldest) {
                for (int bucket = 0; bucket < BUCKETS; bucket++) {
                    sums[bucket] += counts[slot][bucket];
                    total += counts[slot][bucket];
                }
            }
        }
        long rank = (long) Math.ceil(quantile * total);
        long below = 0;
        for (int bucket = 0; bucket < BUCKETS && total > 0; bucket++) {
            below += sums[bucket];
            if (below >= rank) {
                return upperEdge(bucket);
            }
        }
        return 0;
    }

    /// Up to 15 a bucket each; then by the leading bit and the three that follow it.
    private static int bucket(long millis) {
        if (millis < 16) {
            return (int) Math.max(0, millis);
        }
        int exponent = 63 - Long.numberOfLeadingZeros(millis);
        int fraction = (int) (millis >>> (exponent - 3)) & 7;
        return Math.min(BUCKETS - 1, 8 * (exponent - 2) + fraction);
    }

    private static long upperEdge(int bucket) {
        if (bucket < 16) {
            return bucket;
        }
        int exponent = bucket / 8 + 2;
        return ((8L + bucket % 8 + 1) << (exponent - 3)) - 1;
    }
}
