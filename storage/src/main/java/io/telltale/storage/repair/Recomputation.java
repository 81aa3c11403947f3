package io.telltale.storage.repair;

import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.window.SeriesWindows;
import io.telltale.analytics.window.WindowSettings;
import io.telltale.storage.audit.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rollups of some windows as their device would have made them, had it counted every point: the same windows, fed
/// in event-time order, so the same numbers to the last bit. Points come series by series.
final class Recomputation {
    private final WindowSettings settings;
    private final long endMillis;
    private final Map<Window, Difference> wanted = new HashMap<>();
    private final List<Rollup> rollups = new ArrayList<>();
    private @Nullable Fold fold;

    private record Window(SeriesKey series, long widthMillis, long startMillis) {}

    private record Fold(SeriesKey series, SeriesWindows windows) {}

    /// @param endMillis no window, and no point, lies behind it
    Recomputation(List<Duration> widths, Collection<Difference> differences, long endMillis) {
        // In order nothing is late, and little needs to be remembered.
        settings = new WindowSettings(widths, Duration.ZERO, 16);
        this.endMillis = endMillis;
        for (Difference difference : differences) {
            wanted.put(new Window(difference.series(), difference.widthMillis(), difference.startMillis()), difference);
        }
    }

    void add(SeriesKey series, long eventTimeMillis, double value) {
        var into = fold;
        if (into == null || !into.series().equals(series)) {
            close(into);
            into = new Fold(series, new SeriesWindows(series, settings));
            fold = into;
        }
        into.windows().add(eventTimeMillis, value);
        into.windows().advance(eventTimeMillis, 0, this::closed);
    }

    /// After the last point.
    List<Rollup> rollups() {
        close(fold);
        return rollups;
    }

    private void close(@Nullable Fold ended) {
        if (ended != null) {
            ended.windows().advance(endMillis, 0, this::closed);
        }
    }

    private void closed(Rollup rollup) {
        var difference = wanted.get(new Window(rollup.series(), rollup.widthMillis(), rollup.windowStartMillis()));
        if (difference != null) {
            // Replaces the stored one, and gives way to any that the device may still be making.
            rollups.add(rollup.again(difference.version() + 1, Emission.REPAIRED));
        }
    }
}
