package io.telltale.analytics.window;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// How a series is rolled up; one for all series, which keep nothing of it themselves.
public final class WindowSettings {
    private final List<Duration> widths;
    private final Duration allowedLateness;
    private final int maxRecentPoints;
    private final long[] widthsMillis;
    private final long allowedLatenessMillis;

    /// @param widths ascending; each a multiple of the one before, so that a window can be rebuilt from finer ones
    /// @param allowedLateness how far behind the watermark a point may be and still be counted
    /// @param maxRecentPoints how many points of one series are remembered to judge duplicates, corrections and
    ///     disorder; beyond, the oldest is taken as final early, and what is older than it is late
    public WindowSettings(List<Duration> widths, Duration allowedLateness, int maxRecentPoints) {
        this.widths = List.copyOf(widths);
        this.allowedLateness = allowedLateness;
        this.maxRecentPoints = maxRecentPoints;
        if (widths.isEmpty()) {
            throw new IllegalArgumentException("widths: expected at least one, got none");
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
        allowedLatenessMillis = allowedLateness.toMillis();
    }

    public List<Duration> widths() {
        return widths;
    }

    /// The first of [#widths].
    public long finestMillis() {
        return widthsMillis[0];
    }

    /// The last of [#widths].
    public long widestMillis() {
        return widthsMillis[widthsMillis.length - 1];
    }

    public Duration allowedLateness() {
        return allowedLateness;
    }

    public int maxRecentPoints() {
        return maxRecentPoints;
    }

    /// [#widths], for every point; not to be changed.
    long[] widthsMillis() {
        return widthsMillis;
    }

    long allowedLatenessMillis() {
        return allowedLatenessMillis;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WindowSettings settings
                && widths.equals(settings.widths)
                && allowedLateness.equals(settings.allowedLateness)
                && maxRecentPoints == settings.maxRecentPoints;
    }

    @Override
    public int hashCode() {
        return Objects.hash(widths, allowedLateness, maxRecentPoints);
    }
}
