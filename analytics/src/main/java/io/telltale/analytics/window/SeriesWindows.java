package io.telltale.analytics.window;

import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.sketch.QuantileSketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
/// for each width whose window may still change. Single-threaded.
public final class SeriesWindows {
    private static final long[] NONE = {};
    private static final int FEW = 4;

    private final SeriesKey series;
    private final WindowSettings settings;
    private final long[] widths;
    private final RecentPoints recent = new RecentPoints();
    private long[] dirty = NONE;
    private int dirtySize;

    /// Points before this are final.
    private long frontier = Long.MIN_VALUE;

    /// Windows of the narrowest width before this were emitted, and so were the wider ones that end before it.
    private long emittedTo = Long.MIN_VALUE;

    /// Of each width the final points of the window that the last of them lies in; null when there is none, or when
    /// nothing will change it any more.
    private final @Nullable WindowAggregate[] folded;

    private long lastVersion;

    public SeriesWindows(SeriesKey series, WindowSettings settings) {
        this.series = series;
        this.settings = settings;
        widths = settings.widthsMillis();
        folded = new WindowAggregate[widths.length];
    }

    /// Takes a point in; [#advance] is to follow before the next one, and emits its effect on closed windows.
    public Verdict add(long eventTimeMillis, double value) {
        if (eventTimeMillis < frontier) {
            return Verdict.LATE;
        }
        var verdict = recent.put(eventTimeMillis, value);
        if (verdict == Verdict.FRESH || verdict == Verdict.CORRECTION) {
            if (eventTimeMillis < emittedTo) {
                markDirty(eventTimeMillis);
            }
            if (recent.size() > settings.maxRecentPoints()) {
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
        boolean closes = watermarkMillis >= emittedTo + widths[0] || emittedTo == Long.MIN_VALUE;
        for (int k = 0; k < widths.length && (closes || dirtySize > 0); k++) {
            emitRevised(k, nowMillis, emit);
            emitClosed(k, startOf(watermarkMillis, k), nowMillis, emit);
        }
        dirtySize = 0;
        emittedTo = closes ? startOf(watermarkMillis, 0) : emittedTo;
        if (watermarkMillis - settings.allowedLatenessMillis() > frontier) {
            frontier = watermarkMillis - settings.allowedLatenessMillis();
            fold(recent.fromOldest(frontier));
            forget();
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
        for (int k = 1; k < widths.length; k++) {
            var window = new WindowAggregate();
            long to = startOf(tailFromMillis, k - 1);
            for (Rollup rollup : ascending) {
                if (rollup.widthMillis() == widths[k - 1]
                        && rollup.windowStartMillis() >= startOf(tailFromMillis, k)
                        && rollup.windowStartMillis() < to) {
                    window.merge(rollup);
                }
            }
            var finer = folded[k - 1];
            if (finer != null) {
                window.merge(finer); // the finer window that the tail begins in has no rollup yet
            }
            folded[k] = window.isEmpty() ? null : window;
        }
    }

    private void markDirty(long millis) {
        if (dirtySize == dirty.length) {
            dirty = Arrays.copyOf(dirty, Math.max(FEW, 2 * dirtySize));
        }
        dirty[dirtySize++] = millis;
    }

    private void emitRevised(int k, long nowMillis, Consumer<Rollup> emit) {
        Arrays.sort(dirty, 0, dirtySize);
        long done = Long.MIN_VALUE;
        for (int i = 0; i < dirtySize; i++) {
            long start = startOf(dirty[i], k);
            if (start != done && start + widths[k] <= emittedTo(k)) {
                emit(k, start, nowMillis, Emission.REVISED, emit);
                done = start;
            }
        }
    }

    private void emitClosed(int k, long closedTo, long nowMillis, Consumer<Rollup> emit) {
        long from = emittedTo(k);
        if (closedTo <= from) {
            return;
        }
        long done = Long.MIN_VALUE;
        if (folded[k] != null && foldedStart(k) >= from && foldedStart(k) < closedTo) {
            done = foldedStart(k);
            emit(k, done, nowMillis, Emission.CLOSED, emit);
        }
        for (int i = from == Long.MIN_VALUE ? 0 : recent.from(from);
                i < recent.size() && recent.time(i) < closedTo;
                i++) {
            long start = startOf(recent.time(i), k);
            if (start != done) {
                emit(k, start, nowMillis, Emission.CLOSED, emit);
                done = start;
            }
        }
    }

    private void emit(int k, long start, long nowMillis, Emission emission, Consumer<Rollup> emit) {
        var window = new WindowAggregate();
        var before = folded[k];
        if (before != null && foldedStart(k) == start) {
            window.merge(before);
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
                var window = folded[k];
                if (window == null || startOf(time, k) != foldedStart(k)) {
                    window = new WindowAggregate();
                    folded[k] = window;
                }
                window.add(time, value, bucket);
            }
        }
        recent.drop(number);
    }

    /// Windows that were emitted and are all before the frontier.
    private void forget() {
        for (int k = 0; k < widths.length; k++) {
            if (folded[k] != null && foldedStart(k) + widths[k] <= Math.min(frontier, emittedTo(k))) {
                folded[k] = null;
            }
        }
    }

    private long nextFoldedClose() {
        long next = Long.MAX_VALUE;
        for (int k = 0; k < widths.length; k++) {
            if (folded[k] != null && foldedStart(k) >= emittedTo(k)) {
                next = Math.min(next, foldedStart(k) + widths[k]);
            }
        }
        return next;
    }

    private long nextRecentClose() {
        long next = Long.MAX_VALUE;
        for (int k = 0; k < widths.length; k++) {
            int at = emittedTo == Long.MIN_VALUE ? 0 : recent.from(emittedTo(k));
            if (at < recent.size()) {
                next = Math.min(next, startOf(recent.time(at), k) + widths[k]);
            }
        }
        return next;
    }

    private long emittedTo(int k) {
        return emittedTo == Long.MIN_VALUE ? emittedTo : startOf(emittedTo, k);
    }

    private long foldedStart(int k) {
        var window = folded[k];
        return window == null ? Long.MIN_VALUE : startOf(window.lastMillis(), k);
    }

    private long startOf(long millis, int k) {
        return Math.floorDiv(millis, widths[k]) * widths[k];
    }
}
