package io.telltale.dashboard.live;

import java.util.Arrays;

/// Says how much an ever-growing total has grown over the last while, from samples of it at regular steps. The hot
/// path only adds to the total. Thread-safe.
final class SlidingTotal {
    private final long stepMillis;
    private final long[] totals;
    private final long[] timesMillis;
    private int newest;
    private int size;

    /// @param steps how many steps the window spans
    SlidingTotal(long stepMillis, int steps) {
        this.stepMillis = stepMillis;
        totals = new long[steps + 1];
        timesMillis = new long[steps + 1];
    }

    /// Call at least once a step; calls in between are ignored, so jitter does no harm. When the clock is set back, so
    /// are the samples: what has grown has grown.
    synchronized void sample(long nowMillis, long total) {
        if (size > 0 && nowMillis < timesMillis[newest] - stepMillis) {
            long backMillis = timesMillis[newest] - nowMillis;
            Arrays.setAll(timesMillis, i -> timesMillis[i] - backMillis);
        }
        if (size > 0 && nowMillis / stepMillis <= timesMillis[newest] / stepMillis) {
            return;
        }
        newest = (newest + 1) % totals.length;
        totals[newest] = total;
        timesMillis[newest] = nowMillis;
        size = Math.min(size + 1, totals.length);
    }

    /// Growth since the oldest sample.
    synchronized long growth(long total) {
        return size == 0 ? total : total - totals[oldest()];
    }

    /// Growth in a second between the oldest and the newest sample.
    synchronized double perSecond() {
        if (size < 2) {
            return 0;
        }
        return (totals[newest] - totals[oldest()]) * 1000.0 / (timesMillis[newest] - timesMillis[oldest()]);
    }

    private int oldest() {
        return (newest - size + 1 + totals.length) % totals.length;
    }
}
