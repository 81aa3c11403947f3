package io.telltale.storage.repair;

import io.telltale.storage.read.Recovery;
import java.util.List;

/// When a late window is looked at again, and when no more.
final class Schedule {
    /// It is repaired.
    static final long NEVER = Long.MAX_VALUE;

    private final long[] widthsMillis;
    private final long widestMillis;
    private final long allowedLatenessMillis;
    private final long settleMillis;

    Schedule(Recovery recovery) {
        widthsMillis = recovery.widthsMillis();
        widestMillis = recovery.widestMillis();
        allowedLatenessMillis = recovery.allowedLateness().toMillis();
        settleMillis = recovery.settle().toMillis();
    }

    /// Where the widest windows that the entries touch begin. An entry may be from a time when these were narrower.
    long fromMillis(List<Entry> entries) {
        long from = entries.stream()
                .mapToLong(entry -> entry.window().startMillis())
                .min()
                .orElseThrow();
        return Math.floorDiv(from, widestMillis) * widestMillis;
    }

    long toMillis(List<Entry> entries) {
        long to = entries.stream().mapToLong(Entry::endMillis).max().orElseThrow();
        return Math.ceilDiv(to, widestMillis) * widestMillis;
    }

    /// @param watermarkMillis the device's, at least
    /// @param changed whether this look found something to rewrite
    /// @return when to look again; [#NEVER] when that is not needed
    long nextLookMillis(Entry entry, long watermarkMillis, boolean changed, long nowMillis) {
        long end = toMillis(List.of(entry));
        if (watermarkMillis < end + allowedLatenessMillis) {
            // In terms of event time, which for a live device passes like ours. One that has much to tell runs ahead of
            // that: so a repair waits at most half as long again as it had to.
            long wait = nextClose(entry, watermarkMillis, end) - watermarkMillis;
            long patience = (nowMillis - entry.storedAtMillis()) / 2;
            return nowMillis + Math.max(settleMillis / 4, Math.min(wait, Math.min(patience, widestMillis)));
        }
        if (changed) {
            return nowMillis + settleMillis;
        }
        long settled = entry.storedAtMillis() + settleMillis;
        return nowMillis < settled ? settled : NEVER;
    }

    /// The late points lie before the watermark that the entry knows: when the next of the windows that may hold them
    /// ends.
    private long nextClose(Entry entry, long watermarkMillis, long end) {
        for (long width : widthsMillis) {
            long close = Math.min(end, Math.ceilDiv(entry.window().watermarkMillis(), width) * width);
            if (close > watermarkMillis) {
                return close;
            }
        }
        return end + allowedLatenessMillis;
    }
}
