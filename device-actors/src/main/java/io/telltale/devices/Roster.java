package io.telltale.devices;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Silence;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The devices whose actors live on this node, with the time from which each wants to be asked about its silence.
/// A device writes its own entry; the sweep reads all. Thread-safe.
final class Roster {
    private final Map<DeviceId, Entry> entries = new ConcurrentHashMap<>();
    private final Map<DeviceId, Entry> asleep = new ConcurrentHashMap<>();
    private final long askAgainMillis;

    static final class Entry {
        private final AtomicLong dueMillis = new AtomicLong(Long.MAX_VALUE);
        private volatile @Nullable ActorRef<Device.Command> resident;

        /// From now on its actor may be told things straight.
        void settle(ActorRef<Device.Command> actor) {
            resident = actor;
        }

        /// Its actor is about to go.
        void packUp() {
            resident = null;
        }

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
        asleep.remove(device);
        return entry;
    }

    /// The device's actor on this node, once it has recovered. It may go any moment: what is told it then is a dead
    /// letter.
    @Nullable
    ActorRef<Device.Command> resident(DeviceId device) {
        var entry = entries.get(device);
        return entry == null ? null : entry.resident;
    }

    /// Only takes away what this very `entry` put there: a successor may have entered already.
    void leave(DeviceId device, Entry entry) {
        entries.remove(device, entry);
    }

    /// A device without an actor that is to be asked at `dueMillis` all the same, unless it gets one before.
    void wake(DeviceId device, long dueMillis) {
        var entry = new Entry();
        entry.due(dueMillis);
        asleep.put(device, entry);
    }

    /// It has answered; from here on its actor says when it is due, on whatever node it lives.
    void awake(DeviceId device) {
        asleep.remove(device);
    }

    int asleep() {
        return asleep.size();
    }

    int size() {
        return entries.size();
    }

    /// The devices due at `nowMillis`, found while iterating: what is not fetched stays due.
    Iterable<Inbound> due(long nowMillis) {
        // Not by flatMap: its iterator would take a whole map at once.
        return () -> Stream.concat(asleep.entrySet().stream(), entries.entrySet().stream())
                .filter(each -> each.getValue().take(nowMillis, nowMillis + askAgainMillis))
                .<Inbound>map(each -> new Silence(each.getKey(), nowMillis))
                .iterator();
    }
}
