package io.telltale.storage.read;

import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.model.SketchBuckets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The histories of many devices by few queries. The snapshot's watermark says from where to read; without one the
/// newest point does.
final class HistoryReader {
    /// Devices whose watermarks lie within so much are read together: few queries for those that were live at the same
    /// time, without dragging a year of points along because of one that was not.
    private static final long GROUP_SPAN_MILLIS = 3_600_000;

    private static final String OF_DEVICES = " WHERE device IN {devices:Array(String)} ";
    private static final String WATERMARKS =
            "SELECT device, max(event_time) FROM telltale.points" + OF_DEVICES + "GROUP BY device";
    private static final String TAILS = "SELECT device, metric, event_time, value, text FROM telltale.points FINAL"
            + OF_DEVICES + "AND event_time >= fromUnixTimestamp64Milli({from:Int64}) ORDER BY event_time";
    private static final String ROLLUPS = """
            SELECT device, metric, width_millis, window_start, version, emission, count, sum, min, max, mean, m2,
                first_time, first_value, last_time, last_value, sketch_indexes, sketch_counts
            FROM telltale.rollups FINAL""" + OF_DEVICES
            + "AND window_start >= fromUnixTimestamp64Milli({from:Int64}) ORDER BY window_start, width_millis";

    private final Queries queries;
    private final DeviceReader devices;
    private final FeedbackTable feedback;
    private final Recovery recovery;

    HistoryReader(Queries queries, DeviceReader devices, FeedbackTable feedback, Recovery recovery) {
        this.queries = queries;
        this.devices = devices;
        this.feedback = feedback;
        this.recovery = recovery;
    }

    /// @return the histories of those that the store has heard of
    Map<DeviceId, DeviceHistory> read(Collection<DeviceId> wanted) throws Exception {
        Map<DeviceId, DeviceSnapshot> snapshots = devices.snapshots(names(wanted));
        List<Known> known = new ArrayList<>();
        List<DeviceId> unknown = new ArrayList<>();
        for (DeviceId device : wanted) {
            DeviceSnapshot snapshot = snapshots.get(device);
            if (snapshot != null && snapshot.watermarkMillis() > 0) {
                known.add(new Known(device, Optional.of(snapshot), snapshot.watermarkMillis()));
            } else {
                unknown.add(device);
            }
        }
        if (!unknown.isEmpty()) {
            known.addAll(readWatermarks(unknown, snapshots));
        }
        Map<DeviceId, DeviceHistory> histories = new HashMap<>();
        for (List<Known> group : groupsByTime(known)) {
            for (DeviceHistory history : readGroup(group)) {
                histories.put(history.device(), history);
            }
        }
        snapshots.forEach((device, snapshot) -> histories.putIfAbsent(
                device, new DeviceHistory(device, Optional.of(snapshot), List.of(), List.of(), 0)));
        feedback.strictness(names(wanted))
                .forEach((device, strictness) ->
                        histories.computeIfPresent(device, (_, history) -> history.withStrictness(strictness)));
        return histories;
    }

    private List<Known> readWatermarks(List<DeviceId> unknown, Map<DeviceId, DeviceSnapshot> snapshots)
            throws Exception {
        return queries.read(WATERMARKS, new Parameters().with("devices", names(unknown)), rows -> {
            List<Known> known = new ArrayList<>();
            while (rows.hasNext()) {
                var device = new DeviceId(rows.readText());
                known.add(new Known(device, Optional.ofNullable(snapshots.get(device)), rows.readLong()));
            }
            return known;
        });
    }

    private static List<List<Known>> groupsByTime(List<Known> known) {
        known.sort(Comparator.comparingLong(Known::watermarkMillis));
        List<List<Known>> groups = new ArrayList<>();
        for (Known one : known) {
            if (groups.isEmpty()
                    || one.watermarkMillis() - groups.getLast().getFirst().watermarkMillis() > GROUP_SPAN_MILLIS) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(one);
        }
        return groups;
    }

    private List<DeviceHistory> readGroup(List<Known> group) throws Exception {
        List<String> names = group.stream().map(known -> known.device().value()).toList();
        long fromMillis = recovery.tailFromMillis(group.getFirst().watermarkMillis());
        Map<DeviceId, List<Point>> tails = readTails(from(names, fromMillis));
        Map<DeviceId, List<Rollup>> rollups = readRollups(from(names, recovery.rollupsFromMillis(fromMillis)));
        return group.stream()
                .map(known -> history(
                        known,
                        rollups.getOrDefault(known.device(), List.of()),
                        tails.getOrDefault(known.device(), List.of())))
                .toList();
    }

    /// @param points by ascending event time; they may be newer than the snapshot, and then perhaps without their
    /// rollups: points are stored first, and a crash may have come in between
    private DeviceHistory history(Known known, List<Rollup> rollups, List<Point> points) {
        long tailFrom = recovery.tailFromMillis(known.watermarkMillis());
        long rollupsFrom = recovery.rollupsFromMillis(tailFrom);
        return new DeviceHistory(
                known.device(),
                known.snapshot(),
                rollups.stream()
                        .filter(rollup -> rollup.windowStartMillis() >= rollupsFrom)
                        .toList(),
                points.stream()
                        .filter(point -> point.eventTimeMillis() >= tailFrom)
                        .toList(),
                tailFrom);
    }

    private Map<DeviceId, List<Point>> readTails(Parameters parameters) throws Exception {
        return queries.read(TAILS, parameters, rows -> {
            Map<DeviceId, List<Point>> tails = new HashMap<>();
            while (rows.hasNext()) {
                tails.computeIfAbsent(new DeviceId(rows.readText()), _ -> new ArrayList<>())
                        .add(DeviceReader.point(rows.readText(), rows.readLong(), rows.readDouble(), rows.readText()));
            }
            return tails;
        });
    }

    private Map<DeviceId, List<Rollup>> readRollups(Parameters parameters) throws Exception {
        return queries.read(ROLLUPS, parameters, rows -> {
            Map<DeviceId, List<Rollup>> rollups = new HashMap<>();
            while (rows.hasNext()) {
                Rollup rollup = rollup(rows);
                rollups.computeIfAbsent(rollup.series().device(), _ -> new ArrayList<>())
                        .add(rollup);
            }
            return rollups;
        });
    }

    private static Parameters from(List<String> names, long fromMillis) {
        return new Parameters().with("devices", names).withTime("from", fromMillis);
    }

    private static List<String> names(Collection<DeviceId> devices) {
        return devices.stream().map(DeviceId::value).toList();
    }

    private static Rollup rollup(RowReader row) throws IOException {
        return new Rollup(
                new SeriesKey(new DeviceId(row.readText()), row.readText()),
                row.readLong(),
                row.readLong(),
                row.readLong(),
                Emission.of(row.readByte()),
                row.readLong(),
                row.readDouble(),
                row.readDouble(),
                row.readDouble(),
                row.readDouble(),
                row.readDouble(),
                row.readLong(),
                row.readDouble(),
                row.readLong(),
                row.readDouble(),
                new SketchBuckets(row.readInts(), row.readInts()));
    }

    /// A device with something stored.
    ///
    /// @param watermarkMillis at most its true watermark
    private record Known(DeviceId device, Optional<DeviceSnapshot> snapshot, long watermarkMillis) {}
}
