package io.telltale.storage.read;

import java.time.Duration;
import java.util.List;

/// What the store must know of the devices' windows: to give one back its history, and to tell which windows have
/// closed.
///
/// @param widths of the windows, narrowest first
/// @param allowedLateness how far behind the watermark a point may be and still change a window
/// @param silenceGrace silence after which a device's watermark moves on with our clock
/// @param resendAfter when a device hands out again what it does not know to be stored
public record Recovery(List<Duration> widths, Duration allowedLateness, Duration silenceGrace, Duration resendAfter) {
    public Recovery {
        widths = widths.stream().sorted().toList();
        if (widths.isEmpty()) {
            throw new IllegalArgumentException("widths: expected at least one window width");
        }
    }

    public long[] widthsMillis() {
        return widths.stream().mapToLong(Duration::toMillis).toArray();
    }

    /// From where the raw points of a device are needed: two windows of the second finest width, and the allowed
    /// lateness, behind the watermark. What is older is whole in the rollups.
    long tailFromMillis(long watermarkMillis) {
        long width = widths.get(Math.min(1, widths.size() - 1)).toMillis();
        return floor(watermarkMillis - allowedLateness.toMillis() - 2 * width, width);
    }

    /// From where its rollups are needed: the start of the widest window that the tail begins in.
    long rollupsFromMillis(long tailFromMillis) {
        return floor(tailFromMillis, widths.getLast().toMillis());
    }

    /// After so long nothing that a device handed out is still under way, or about to be handed out again.
    public Duration settle() {
        return resendAfter.multipliedBy(2);
    }

    public long widestMillis() {
        return widths.getLast().toMillis();
    }

    private static long floor(long millis, long widthMillis) {
        return Math.floorDiv(millis, widthMillis) * widthMillis;
    }
}
