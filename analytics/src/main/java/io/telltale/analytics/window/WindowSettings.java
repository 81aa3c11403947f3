package io.telltale.analytics.window;

import java.time.Duration;
import java.util.List;

/// Which windows there are. One for all series: each of them is as small as it can be. Immutable.
public final class WindowSettings {
    private final List<Duration> widths;
    private final long[] widthsMillis;
    private final Duration allowedLateness;
    private final long allowedLatenessMillis;
    private final int maxRecentPoints;

    /// @param widths ascending; each a multiple of the one before, so that a window can be rebuilt from finer ones
    /// @param allowedLateness how far behind the watermark a point may be and still be counted
    /// @param maxRecentPoints how many points of one series are remembered to judge duplicates, corrections and
    /// disorder; beyond, the oldest is taken as final early, and what is older than it is late
    public WindowSettings(List<Duration> widths, Duration allowedLateness, int maxRecentPoints) {
        this.widths = List.copyOf(widths);
        if (widths.isEmpty()) {
            throw new IllegalArgumentException("widths: expected at least one");
        }
        long finer = 1;
        for (Duration width : widths) {
            if (width.toMillis() < 1000 || width.toMillis() <= finer || width.toMillis() % finer != 0) {
                throw new IllegalArgumentException(
                        "widths: expected ascending whole multiples of each other, 1 s or more, got " + widths);
            }
            finer = width.toMillis();
        }
        if (allowedLateness.isNegative()) {
            throw new IllegalArgumentException("allowed lateness: expected 0 or more, got " + allowedLateness);
        }
        if (maxRecentPoints < 1) {
            throw new IllegalArgumentException("recent points: expected 1 or more, got " + maxRecentPoints);
        }
        widthsMillis = widths.stream().mapToLong(Duration::toMillis).toArray();
        this.allowedLateness = allowedLateness;
        allowedLatenessMillis = allowedLateness.toMillis();
        this.maxRecentPoints = maxRecentPoints;
    }

    public List<Duration> widths() {
        return widths;
    }

    public Duration allowedLateness() {
        return allowedLateness;
    }

    int maxRecentPoints() {
        return maxRecentPoints;
    }

    /// How many widths.
    int count() {
        return widthsMillis.length;
    }

    long widthMillis(int k) {
        return widthsMillis[k];
    }

    long allowedLatenessMillis() {
        return allowedLatenessMillis;
    }

    /// Where the window of the k-th width begins that `millis` lies in.
    long startOf(long millis, int k) {
        return Math.floorDiv(millis, widthsMillis[k]) * widthsMillis[k];
    }
}
