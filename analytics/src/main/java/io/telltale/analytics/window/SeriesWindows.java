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

    private final SeriesKey series;
    private final WindowSettings settings;

    private final RecentPoints recent = new RecentPoints();
    private long[] dirty = NONE;
    private int dirtySize;

    /// Points before this are final.
    private long frontier = Long.MIN_VALUE;

    /// The narrowest windows that end by then are emitted, and so are the wider ones, as they end at the same grid.
    private long emittedTo = Long.MIN_VALUE;

    /// By width; null when no point of a window that may still change is final.
    private final @Nullable WindowAggregate[] folded;

    private long lastVersion;

    public SeriesWindows(SeriesKey series, WindowSettings settings) {
        this.series = series;
        this.settings = settings;
        folded = new WindowAggregate[settings.count()];
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
        long closedTo = settings.startOf(watermarkMillis, 0);
        boolean closes = closedTo > emittedTo;
        if (closes || dirtySize > 0) {
            for (int k = 0; k < folded.length; k++) {
                emitRevised(k, nowMillis, emit);
                emitClosed(k, settings.startOf(watermarkMillis, k), nowMillis, emit);
            }
            dirtySize = 0;
            emittedTo = Math.max(emittedTo, closedTo);
        }
        long newFrontier = watermarkMillis - settings.allowedLatenessMillis();
        if (newFrontier > frontier) {
            frontier = newFrontier;
            fold(recent.from(frontier));
        }
        if (closes) {
            forgetFinal();
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
        folded[0] = new WindowAggregate(settings.startOf(tailFromMillis, 0));
        for (int k = 1; k < folded.length; k++) {
            folded[k] = new WindowAggregate(settings.startOf(tailFromMillis, k));
            for (Rollup rollup : ascending) {
                if (rollup.widthMillis() == settings.widthMillis(k - 1)
                        && rollup.windowStartMillis() >= folded[k].startMillis()
                        && rollup.windowStartMillis() < folded[k - 1].startMillis()) {
                    folded[k].merge(rollup);
                }
            }
            folded[k].merge(folded[k - 1]); // the finer window that the tail begins in has no rollup yet
        }
        for (int k = 0; k < folded.length; k++) {
            folded[k] = folded[k].isEmpty() ? null : folded[k];
        }
    }

    private void markDirty(long millis) {
        if (dirtySize == dirty.length) {
            dirty = Arrays.copyOf(dirty, 2 * dirtySize + 2);
        }
        dirty[dirtySize++] = millis;
    }

    private void emitRevised(int k, long nowMillis, Consumer<Rollup> emit) {
        Arrays.sort(dirty, 0, dirtySize);
        long done = Long.MIN_VALUE;
        for (int i = 0; i < dirtySize; i++) {
            long start = settings.startOf(dirty[i], k);
            if (start != done && start + settings.widthMillis(k) <= emittedTo) {
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
        var oldest = folded[k];
        if (oldest != null && oldest.startMillis() >= from && oldest.startMillis() < closedTo) {
            done = oldest.startMillis();
            emit(k, done, nowMillis, Emission.CLOSED, emit);
        }
        for (int i = recent.from(from); i < recent.size() && recent.time(i) < closedTo; i++) {
            long start = settings.startOf(recent.time(i), k);
            if (start != done) {
                emit(k, start, nowMillis, Emission.CLOSED, emit);
                done = start;
            }
        }
    }

    private void emit(int k, long start, long nowMillis, Emission emission, Consumer<Rollup> emit) {
        var window = new WindowAggregate(start);
        var oldest = folded[k];
        if (oldest != null && oldest.startMillis() == start) {
            window.merge(oldest);
        }
        long end = start + settings.widthMillis(k);
        for (int i = recent.from(start); i < recent.size() && recent.time(i) < end; i++) {
            double value = recent.value(i);
            window.add(recent.time(i), value, QuantileSketch.bucketOf(value));
        }
        lastVersion = Math.max(lastVersion + 1, nowMillis);
        emit.accept(window.toRollup(series, settings.widthMillis(k), lastVersion, emission));
    }

    private void fold(int number) {
        for (int i = 0; i < number; i++) {
            long time = recent.time(i);
            double value = recent.value(i);
            int bucket = QuantileSketch.bucketOf(value);
            for (int k = 0; k < folded.length; k++) {
                long start = settings.startOf(time, k);
                var window = folded[k];
                if (window == null || start != window.startMillis()) {
                    window = new WindowAggregate(start);
                    folded[k] = window;
                }
                window.add(time, value, bucket);
            }
        }
        recent.drop(number);
    }

    /// Drops what was emitted and cannot be revised any more.
    private void forgetFinal() {
        long finalTo = Math.min(frontier, emittedTo);
        for (int k = 0; k < folded.length; k++) {
            var window = folded[k];
            if (window != null && window.startMillis() + settings.widthMillis(k) <= finalTo) {
                folded[k] = null;
            }
        }
    }

    private long nextFoldedClose() {
        long next = Long.MAX_VALUE;
        for (int k = 0; k < folded.length; k++) {
            var window = folded[k];
            if (window != null && window.startMillis() >= emittedTo(k)) {
                next = Math.min(next, window.startMillis() + settings.widthMillis(k));
            }
        }
        return next;
    }

    private long nextRecentClose() {
        long next = Long.MAX_VALUE;
        for (int k = 0; k < folded.length; k++) {
            int at = recent.from(emittedTo(k));
            if (at < recent.size()) {
                next = Math.min(next, settings.startOf(recent.time(at), k) + settings.widthMillis(k));
            }
        }
        return next;
    }

    /// Every window of the k-th width that begins earlier is emitted.
    private long emittedTo(int k) {
        return emittedTo == Long.MIN_VALUE ? emittedTo : settings.startOf(emittedTo, k);
    }
}
