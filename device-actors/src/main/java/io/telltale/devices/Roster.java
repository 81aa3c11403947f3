package io.telltale.devices;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Silence;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The devices whose actors live on this node, with the time from which each wants to be asked about its silence.
/// A device writes its own entry; the sweep reads all. Thread-safe.
final class Roster {
    private final Map<DeviceId, Entry> entries = new ConcurrentHashMap<>();
    private final long askAgainMillis;

    static final class Entry {
        private final AtomicLong dueMillis = new AtomicLong(Long.MAX_VALUE);

        void due(long millis) {
            dueMillis.set(millis);
        }

        /// Whether it is to be asked now. If no answer comes, because the line broke on the way, then again later.
        private boolean take(long nowMillis, long againMillis) {
            long due = dueMillis.get();
            return due <= nowMillis && dueMillis.compareAndSet(due, againMillis);
        }
    }

    /// @param askAgainAfter when a device that was asked and has not answered is asked once more
    Roster(Duration askAgainAfter) {
        askAgainMillis = askAgainAfter.toMillis();
    }

    Entry enter(DeviceId device) {
        var entry = new Entry();
        entries.put(device, entry);
        return entry;
    }

    /// Only takes away what this very `entry` put there: a successor may have entered already.
    void leave(DeviceId device, Entry entry) {
        entries.remove(device, entry);
    }

    int size() {
        return entries.size();
    }

    /// The devices due at `nowMillis`, found while iterating: what is not fetched stays due.
    Iterable<Inbound> due(long nowMillis) {
        return () -> new Iterator<>() {
            private final Iterator<Map.Entry<DeviceId, Entry>> all =
                    entries.entrySet().iterator();
            private @Nullable Inbound next = find();

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Inbound next() {
                var found = next;
                if (found == null) {
                    throw new NoSuchElementException();
                }
                next = find();
                return found;
            }

            private @Nullable Inbound find() {
                while (all.hasNext()) {
                    var candidate = all.next();
                    if (candidate.getValue().take(nowMillis, nowMillis + askAgainMillis)) {
                        return new Silence(candidate.getKey(), nowMillis);
                    }
                }
                return null;
            }
        };
    }
}
