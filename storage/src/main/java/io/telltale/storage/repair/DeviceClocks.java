package io.telltale.storage.repair;

import io.telltale.analytics.model.DeviceId;
import io.telltale.storage.read.Parameters;
import io.telltale.storage.read.Queries;
import io.telltale.storage.read.Recovery;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// How far the devices' watermarks have come at least, from what is stored: the greatest event time; and, for a device
/// that has been silent for long, the time that has passed since.
final class DeviceClocks {
    private static final String NEWEST = """
            SELECT device, max(time), max(heard)
            FROM
            (
                SELECT device, max(event_time) AS time, toDateTime64(max(stored_at), 3, 'UTC') AS heard
                FROM telltale.points
                WHERE device IN {devices:Array(String)} AND event_time >= fromUnixTimestamp64Milli({from:Int64})
                GROUP BY device
                UNION ALL
                SELECT device, toDateTime64(0, 3, 'UTC'), max(last_arrival)
                FROM telltale.device_state
                WHERE device IN {devices:Array(String)}
                GROUP BY device
            )
            GROUP BY device""";

    private final Queries queries;
    private final long graceMillis;

    DeviceClocks(Queries queries, Recovery recovery) {
        this.queries = queries;
        // The sweep closes the windows of silent devices when it comes to it; nobody waits for that here.
        graceMillis = recovery.silenceGrace().plus(recovery.settle()).toMillis();
    }

    /// @param greatestMillis event time; 0 when there is none in the range that was looked at
    /// @param heardMillis when it was last heard of, on our clock
    private record Newest(long greatestMillis, long heardMillis) {
        Newest max(Newest other) {
            return new Newest(Math.max(greatestMillis, other.greatestMillis), Math.max(heardMillis, other.heardMillis));
        }
    }

    /// The watermark of each entry's device.
    ///
    /// @param fromMillis where to look from: not after the beginning of any entry
    Map<DeviceId, Long> watermarks(Collection<Entry> entries, long fromMillis, long nowMillis) throws Exception {
        Map<DeviceId, Newest> newest = read(entries, fromMillis);
        Map<DeviceId, Long> told = new HashMap<>();
        for (Entry entry : entries) {
            DeviceId device = entry.window().series().device();
            told.merge(device, entry.window().watermarkMillis(), Math::max);
            newest.merge(device, new Newest(0, entry.storedAtMillis()), Newest::max);
        }
        told.replaceAll((device, watermark) -> {
            Newest known = Objects.requireNonNull(newest.get(device));
            long bySilence = known.greatestMillis() + nowMillis - known.heardMillis() - graceMillis;
            return Math.max(watermark, Math.max(known.greatestMillis(), bySilence));
        });
        return told;
    }

    private Map<DeviceId, Newest> read(Collection<Entry> entries, long fromMillis) throws Exception {
        var names = entries.stream()
                .map(entry -> entry.window().series().device().value())
                .distinct()
                .toList();
        return queries.read(NEWEST, new Parameters().with("devices", names).withTime("from", fromMillis), rows -> {
            Map<DeviceId, Newest> newest = new HashMap<>();
            while (rows.hasNext()) {
                newest.put(new DeviceId(rows.readText()), new Newest(rows.readLong(), rows.readLong()));
            }
            return newest;
        });
    }
}
