package io.telltale.analytics.window;

import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.sketch.QuantileSketch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// The tumbling windows `[start, start + width)` of one series, all widths, aligned to 1970.
///
/// A point stays among the recent ones until it is behind the watermark by the allowed lateness; only then is it final
/// and folded into the open window of each width, in event-time order. A window's rollup is what was folded plus the
/// recent points that lie in it. So duplicates, corrections and disorder are settled before anything is summed, and the
/// rollups are the same, bit for bit, whatever the order and repetition of arrival. Only a window that [#restore] put
/// together from finer rollups may differ, in the last digits of sum, mean and squared differences.
///
/// A window is emitted when the watermark reaches its end, and again, with a higher version, when a fresh or corrected
/// point falls into it later. Event time and watermark follow Akidau et al., "The Dataflow Model", PVLDB 8 (2015).
///
/// A point costs O(widths) and O(log recent) when it comes in order. Memory: 16 bytes a recent point, and one aggregate
/// a width. Single-threaded.
public final class SeriesWindows {
    private final SeriesKey series;
    private final long[] widths;
    private final long allowedLateness;
    private final int maxRecent;

    private final RecentPoints recent = new RecentPoints();
    private long[] dirty = new long[4];
    private int dirtySize;

    /// Points before this are final.
    private long frontier = Long.MIN_VALUE;

    private final long[] emittedTo;
    private final long[] foldedStart;
    private final WindowAggregate[] folded;
    private long lastVersion;

    public SeriesWindows(SeriesKey series, WindowSettings settings) {
        this.series = series;
        widths = settings.widths().stream().mapToLong(Duration::toMillis).toArray();
        allowedLateness = settings.allowedLateness().toMillis();
        maxRecent = settings.maxRecentPoints();
        emittedTo = new long[widths.length];
        Arrays.fill(emittedTo, Long.MIN_VALUE);
        foldedStart = new long[widths.length];
        folded = new WindowAggregate[widths.length];
        Arrays.setAll(folded, _ -> new WindowAggregate());
    }

    /// Takes a point in; [#advance] is to follow before the next one, and emits its effect on closed windows.
    public Verdict add(long eventTimeMillis, double value) {
        if (eventTimeMillis < frontier) {
            return Verdict.LATE;
        }
        var verdict = recent.put(eventTimeMillis, value);
        if (verdict == Verdict.FRESH || verdict == Verdict.CORRECTION) {
            if (eventTimeMillis < emittedTo[0]) {
                markDirty(eventTimeMillis);
            }
            if (recent.size() > maxRecent) {
                frontier = recent.time(0) + 1;
                fold(1);
            }
        }
        return verdict;
    }

    /// Whether a number at this event time is counted, or is too long ago to say.
    public boolean mayHaveCounted(long eventTimeMillis) {
        return eventTimeMillis < frontier || recent.has(eventTimeMillis);
    }

    /// Moves event time on: emits what closed or was revised, then folds what became final.
    ///
    /// @param watermarkMillis never less than before
    /// @param nowMillis processing time, which versions follow as far as it grows
    public void advance(long watermarkMillis, long nowMillis, Consumer<Rollup> emit) {
        boolean closes = watermarkMillis >= emittedTo[0] + widths[0] || emittedTo[0] == Long.MIN_VALUE;
        for (int k = 0; k < widths.length && (closes || dirtySize > 0); k++) {
            emitRevised(k, nowMillis, emit);
            emitClosed(k, Math.floorDiv(watermarkMillis, widths[k]) * widths[k], nowMillis, emit);
        }
        dirtySize = 0;
        if (watermarkMillis - allowedLateness > frontier) {
            frontier = watermarkMillis - allowedLateness;
            fold(recent.from(frontier));
        }
    }

    /// The watermark at which the next window closes; [Long#MAX_VALUE] when none is open.
    public long nextCloseMillis() {
        return recent.size() == 0 ? nextFoldedClose() : Math.min(nextFoldedClose(), nextRecentClose());
    }

    /// Begins where an earlier life ended: the open windows as far as finer rollups cover them. The raw points from
    /// `tailFromMillis` on are to be added next.
    ///
    /// @param rollups of this series, any widths, one for each window
    /// @param tailFromMillis where a window of the narrowest width begins
    public void restore(List<Rollup> rollups, long tailFromMillis) {
        frontier = tailFromMillis;
        var ascending = new ArrayList<>(rollups);
        ascending.sort(Comparator.comparingLong(Rollup::windowStartMillis));
        for (Rollup rollup : ascending) {
            lastVersion = Math.max(lastVersion, rollup.version());
        }
        foldedStart[0] = startOf(tailFromMillis, 0);
        for (int k = 1; k < widths.length; k++) {
            foldedStart[k] = startOf(tailFromMillis, k);
            for (Rollup rollup : ascending) {
                if (rollup.widthMillis() == widths[k - 1]
                        && rollup.windowStartMillis() >= foldedStart[k]
                        && rollup.windowStartMillis() < foldedStart[k - 1]) {
                    folded[k].merge(rollup);
                }
            }
            folded[k].merge(folded[k - 1]); // the finer window that the tail begins in has no rollup yet
        }
    }

    private void markDirty(long millis) {
        if (dirtySize == dirty.length) {
            dirty = Arrays.copyOf(dirty, 2 * dirtySize);
        }
        dirty[dirtySize++] = millis;
    }

    private void emitRevised(int k, long nowMillis, Consumer<Rollup> emit) {
        Arrays.sort(dirty, 0, dirtySize);
        long done = Long.MIN_VALUE;
        for (int i = 0; i < dirtySize; i++) {
            long start = startOf(dirty[i], k);
            if (start != done && start + widths[k] <= emittedTo[k]) {
                emit(k, start, nowMillis, Emission.REVISED, emit);
                done = start;
            }
        }
    }

    private void emitClosed(int k, long closedTo, long nowMillis, Consumer<Rollup> emit) {
        if (closedTo <= emittedTo[k]) {
            return;
        }
        long done = Long.MIN_VALUE;
        if (!folded[k].isEmpty() && foldedStart[k] >= emittedTo[k] && foldedStart[k] < closedTo) {
            done = foldedStart[k];
            emit(k, done, nowMillis, Emission.CLOSED, emit);
        }
        for (int i = emittedTo[k] == Long.MIN_VALUE ? 0 : recent.from(emittedTo[k]);
                i < recent.size() && recent.time(i) < closedTo;
                i++) {
            long start = startOf(recent.time(i), k);
            if (start != done) {
                emit(k, start, nowMillis, Emission.CLOSED, emit);
                done = start;
            }
        }
        emittedTo[k] = closedTo;
    }

    private void emit(int k, long start, long nowMillis, Emission emission, Consumer<Rollup> emit) {
        var window = new WindowAggregate();
        if (foldedStart[k] == start) {
            window.merge(folded[k]);
        }
        for (int i = recent.from(start); i < recent.size() && recent.time(i) < start + widths[k]; i++) {
            double value = recent.value(i);
            window.add(recent.time(i), value, QuantileSketch.bucketOf(value));
        }
        lastVersion = Math.max(lastVersion + 1, nowMillis);
        emit.accept(window.toRollup(series, widths[k], start, lastVersion, emission));
    }

    private void fold(int number) {
        for (int i = 0; i < number; i++) {
            long time = recent.time(i);
            double value = recent.value(i);
            int bucket = QuantileSketch.bucketOf(value);
            for (int k = 0; k < widths.length; k++) {
                long start = startOf(time, k);
                if (start != foldedStart[k] || folded[k].isEmpty()) {
                    foldedStart[k] = start;
                    folded[k] = new WindowAggregate();
                }
                folded[k].add(time, value, bucket);
            }
        }
        recent.drop(number);
    }

    private long nextFoldedClose() {
        long next = Long.MAX_VALUE;
        for (int k = 0; k < widths.length; k++) {
            if (!folded[k].isEmpty() && foldedStart[k] >= emittedTo[k]) {
                next = Math.min(next, foldedStart[k] + widths[k]);
            }
        }
        return next;
    }

    private long nextRecentClose() {
        long next = Long.MAX_VALUE;
        for (int k = 0; k < widths.length; k++) {
            int at = emittedTo[k] == Long.MIN_VALUE ? 0 : recent.from(emittedTo[k]);
            if (at < recent.size()) {
                next = Math.min(next, startOf(recent.time(at), k) + widths[k]);
            }
        }
        return next;
    }

    private long startOf(long millis, int k) {
        return Math.floorDiv(millis, widths[k]) * widths[k];
    }
}
