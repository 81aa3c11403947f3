package io.telltale.dashboard.devices;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Presence;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Every device this server has heard of. Thread-safe; [#heard] and [#swept] are made for the hot path: one lookup and
/// one lock of the device's own. Bounded: devices and metrics beyond the limits are stored like all others but not
/// listed here, and counted.
public final class DeviceIndex {
    private final Limits limits;
    private final InstantSource clock;
    private final ConcurrentHashMap<DeviceId, DeviceEntry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final IdOrder order = new IdOrder();
    private final PresenceTally tally = new PresenceTally();
    private final AtomicLong unlisted = new AtomicLong();
    private volatile boolean isLoading;

    /// @param devices listed at most, 1 or more
    /// @param metricsPerDevice shown at most, 1 or more
    public record Limits(int devices, int metricsPerDevice) {}

    public DeviceIndex(Limits limits, InstantSource clock, MeterRegistry registry) {
        this.limits = limits;
        this.clock = clock;
        for (Presence presence : Presence.values()) {
            Gauge.builder("telltale.dashboard.devices", tally, counts -> counts.of(presence))
                    .tag("presence", presence.name().toLowerCase(Locale.ROOT))
                    .description("Devices in the index")
                    .register(registry);
        }
        registry.more().counter("telltale.dashboard.outcomes.unlisted", List.of(), unlisted);
    }

    /// A message was processed.
    ///
    /// @return the anomalies in it that were not seen before
    public List<Anomaly> heard(Outcome.Processed outcome) {
        var entry = entryOf(outcome.device(), outcome.presence(), outcome.arrivalMillis());
        if (entry == null) {
            unlisted.incrementAndGet();
            return outcome.anomalies();
        }
        return entry.heard(outcome, limits.metricsPerDevice(), outcome.arrivalMillis(), tally);
    }

    /// A sweep or a replay was processed: `lastSeenMillis` stays. A silent device of which nothing is known is not
    /// listed.
    ///
    /// @return the anomalies in it that were not seen before
    public List<Anomaly> swept(Outcome.Processed outcome) {
        outcome.snapshot().ifPresent(snapshot -> {
            if (!entries.containsKey(outcome.device())) {
                load(snapshot);
            }
        });
        var entry = entries.get(outcome.device());
        return entry == null
                ? outcome.anomalies()
                : entry.swept(outcome, limits.metricsPerDevice(), outcome.arrivalMillis(), tally);
    }

    /// A device known from before this server started. What has been heard of it since stays.
    public void load(DeviceSnapshot snapshot) {
        var entry = entryOf(snapshot.device(), snapshot.presence(), snapshot.lastArrivalMillis());
        if (entry != null) {
            entry.load(snapshot, limits.metricsPerDevice(), tally);
        }
    }

    /// From here until [#endLoading], devices known from before this server started may be missing.
    public void beginLoading() {
        isLoading = true;
    }

    public void endLoading() {
        isLoading = false;
    }

    public boolean isLoading() {
        return isLoading;
    }

    public Optional<DeviceRow> row(DeviceId id) {
        return Optional.ofNullable(entries.get(id)).map(entry -> entry.row(DeviceRow.MAX_LATEST, clock.millis()));
    }

    public Optional<DeviceDetails> details(DeviceId id) {
        return Optional.ofNullable(entries.get(id)).map(entry -> entry.details(clock.millis()));
    }

    public int count(Presence presence) {
        return tally.of(presence);
    }

    /// Looks at every device: some 20 ms for 100,000, so not for a thread that others wait on.
    public DeviceListing list(DeviceListing.Request request) {
        var matching = matching(request);
        if (request.offset() >= matching.length) {
            return new DeviceListing(List.of(), matching.length);
        }
        long nowMillis = clock.millis();
        var rows = IntStream.of(positions(matching, request, nowMillis))
                .mapToObj(position -> matching[position].row(DeviceRow.MAX_LATEST, nowMillis))
                .toList();
        return new DeviceListing(rows, matching.length);
    }

    private DeviceEntry[] matching(DeviceListing.Request request) {
        var all = order.entries();
        if (request.part().isEmpty() && request.presence().isEmpty()) {
            return all;
        }
        String part = request.part().toLowerCase(Locale.ROOT);
        Presence presence = request.presence().orElse(null);
        var matching = new DeviceEntry[all.length];
        int found = 0;
        for (DeviceEntry entry : all) {
            if ((part.isEmpty() || entry.id().value().toLowerCase(Locale.ROOT).contains(part))
                    && (presence == null || entry.presence() == presence)) {
                matching[found++] = entry;
            }
        }
        return Arrays.copyOf(matching, found);
    }

    private static int[] positions(DeviceEntry[] entries, DeviceListing.Request request, long nowMillis) {
        int offset = (int) request.offset();
        int size = request.size();
        int end = (int) Math.min(entries.length, (long) offset + size);
        return switch (request.sort()) {
            case ID -> IntStream.range(offset, end).toArray();
            case ID_DESCENDING ->
                IntStream.range(offset, end).map(i -> entries.length - 1 - i).toArray();
            case LAST_SEEN -> Ranking.page(keys(entries, DeviceEntry::lastSeenMillis), offset, size);
            case LAST_SEEN_DESCENDING -> Ranking.page(keys(entries, entry -> -entry.lastSeenMillis()), offset, size);
            case ANOMALIES -> Ranking.page(keys(entries, entry -> entry.anomaliesLastHour(nowMillis)), offset, size);
            case ANOMALIES_DESCENDING ->
                Ranking.page(keys(entries, entry -> -entry.anomaliesLastHour(nowMillis)), offset, size);
        };
    }

    /// Read once: entries change while they are being ordered.
    private static long[] keys(DeviceEntry[] entries, ToLongFunction<DeviceEntry> key) {
        var keys = new long[entries.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key.applyAsLong(entries[i]);
        }
        return keys;
    }

    private @Nullable DeviceEntry entryOf(DeviceId id, Presence presence, long seenMillis) {
        var entry = entries.get(id);
        if (entry != null || size.get() >= limits.devices()) {
            return entry;
        }
        return entries.computeIfAbsent(id, newcomer -> {
            var created = new DeviceEntry(newcomer, presence, seenMillis, tally);
            size.incrementAndGet();
            order.add(created);
            return created;
        });
    }
}
