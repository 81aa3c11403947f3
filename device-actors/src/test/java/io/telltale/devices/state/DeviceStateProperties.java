package io.telltale.devices.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import io.telltale.analytics.model.Report;
import io.telltale.analytics.model.Rollup;
import io.telltale.analytics.model.Silence;
import io.telltale.analytics.sketch.QuantileSketch;
import io.telltale.analytics.window.WindowSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/// Promise 2: for every closed window, the rollup in the store is the aggregate over the distinct points in the store.
class DeviceStateProperties {
    private static final DeviceId DEVICE = new DeviceId("meter-1");
    private static final long START = Instant.parse("2026-01-01T11:37:21Z").toEpochMilli();
    private static final long LATENESS = 30_000;
    private static final DeviceRules RULES = new DeviceRules(
            new WindowSettings(
                    List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1)),
                    Duration.ofMillis(LATENESS),
                    4096),
            1000,
            Duration.ofSeconds(15),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            io.telltale.analytics.anomaly.Detection.USUAL,
            Map.of(),
            new DeviceTypes(List.of(), Duration.ofMinutes(1)));

    private StoreTwin store = new StoreTwin();
    private DeviceState state = new DeviceState(DEVICE, RULES);

    /// One instance serves all tries.
    @BeforeTry
    void begin() {
        store = new StoreTwin();
        state = new DeviceState(DEVICE, RULES);
    }

    @Property(tries = 1000)
    void whatever_the_order_repetition_partition_and_losses_the_rollups_are_those_of_the_points(
            @ForAll @IntRange(min = 1, max = 400) int points,
            @ForAll @IntRange(min = 1, max = 20_000) int spacingMillis,
            @ForAll @IntRange(min = 0, max = 20) int crashesInHundred,
            @ForAll @IntRange(min = 0, max = 60) int lossesInHundred,
            @ForAll long seed) {
        var random = new Random(seed);
        var coming = new ArrayDeque<>(reports(points, spacingMillis, random));
        var inFlight = new ArrayDeque<Outcome.Processed>();
        var unacked = new ArrayDeque<Report>();

        while (!coming.isEmpty()) {
            var report = coming.removeFirst();
            inFlight.addLast(state.apply(report));
            unacked.addLast(report);
            for (int stored = random.nextInt(3); stored > 0 && !inFlight.isEmpty(); stored--) {
                var outcome = inFlight.removeFirst();
                store.store(outcome);
                unacked.removeFirst();
                if (random.nextInt(100) >= lossesInHundred) {
                    state.confirm(outcome.confirmation());
                }
            }
            boolean serverDies = random.nextInt(100) < crashesInHundred;
            boolean lineBreaks = random.nextInt(100) < crashesInHundred;
            if (serverDies || lineBreaks) {
                inFlight.clear();
                while (!unacked.isEmpty()) {
                    coming.addFirst(unacked.removeLast()); // comes again, in order
                }
            }
            if (serverDies) {
                state = new DeviceState(DEVICE, RULES);
                state.restore(store.history(DEVICE, RULES));
            }
            if (serverDies || lineBreaks) {
                crashesInHundred--; // so that it ends
            }
        }
        inFlight.forEach(store::store);
        fallSilent();

        var expected = expected();
        assertThat(store.rollups.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        store.rollups.forEach((window, rollup) -> same(rollup, expected.getOrDefault(window, new TreeMap<>())));
        assertThat(store.snapshot).hasValueSatisfying(snapshot -> {
            assertThat(snapshot.presence()).isEqualTo(Presence.OFFLINE);
            assertThat(snapshot.latest())
                    .allSatisfy(point -> assertThat(point)
                            .isEqualTo(new Point.Numeric(
                                    point.metric(),
                                    point.eventTimeMillis(),
                                    store.points.getOrDefault(
                                            new StoreTwin.PointKey(point.metric(), point.eventTimeMillis()), 0.0))));
        });
    }

    /// Two metrics on their own clocks; every point up to half the lateness out of place, some twice, some corrected.
    private static List<Report> reports(int points, int spacingMillis, Random random) {
        record Arrival(long millis, Point.Numeric point) {}
        var arrivals = new ArrayList<Arrival>();
        for (String metric : List.of("temperature", "humidity")) {
            long eventTime = START;
            for (int i = 0; i < points; i++) {
                eventTime += 1 + random.nextInt(spacingMillis);
                for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
                    double value = random.nextInt(10) == 0 ? random.nextGaussian() : i;
                    arrivals.add(new Arrival(
                            eventTime + random.nextLong(LATENESS / 2), new Point.Numeric(metric, eventTime, value)));
                }
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::millis));
        var reports = new ArrayList<Report>();
        for (int i = 0; i < arrivals.size(); ) {
            int together = Math.min(1 + random.nextInt(5), arrivals.size() - i);
            reports.add(new Report(
                    DEVICE,
                    arrivals.get(i).millis(),
                    arrivals.subList(i, i + together).stream()
                            .<Point>map(Arrival::point)
                            .toList()));
            i += together;
        }
        return reports;
    }

    private void fallSilent() {
        long now = START + Duration.ofDays(1).toMillis();
        for (int asked = 0; asked < 10_000 && !state.isPassive(now); asked++) {
            assertThat(state.dueMillis()).isLessThan(Long.MAX_VALUE);
            now = Math.max(now, state.dueMillis());
            var outcome = state.apply(new Silence(DEVICE, now));
            store.store(outcome);
            state.confirm(outcome.confirmation());
        }
        assertThat(state.isPassive(now)).isTrue();
    }

    private Map<StoreTwin.Window, NavigableMap<Long, Double>> expected() {
        var windows = new HashMap<StoreTwin.Window, NavigableMap<Long, Double>>();
        store.points.forEach((key, value) -> {
            for (Duration width : RULES.windows().widths()) {
                long start = StoreTwin.floor(key.eventTimeMillis(), width.toMillis());
                windows.computeIfAbsent(
                                new StoreTwin.Window(key.metric(), width.toMillis(), start), _ -> new TreeMap<>())
                        .put(key.eventTimeMillis(), value);
            }
        });
        return windows;
    }

    private static void same(Rollup actual, NavigableMap<Long, Double> values) {
        var sketch = new QuantileSketch();
        values.values().forEach(sketch::add);
        var summary = values.values().stream().mapToDouble(Double::doubleValue).summaryStatistics();
        double m2 = values.values().stream()
                .mapToDouble(value -> Math.pow(value - summary.getAverage(), 2))
                .sum();
        assertThat(actual.count()).isEqualTo(values.size());
        assertThat(actual.min()).isEqualTo(summary.getMin());
        assertThat(actual.max()).isEqualTo(summary.getMax());
        assertThat(actual.firstMillis()).isEqualTo(values.firstKey());
        assertThat(actual.firstValue()).isEqualTo(values.firstEntry().getValue());
        assertThat(actual.lastMillis()).isEqualTo(values.lastKey());
        assertThat(actual.lastValue()).isEqualTo(values.lastEntry().getValue());
        assertThat(actual.quantiles()).isEqualTo(sketch.toBuckets());
        assertThat(actual.sum()).isCloseTo(summary.getSum(), offset(1e-6));
        assertThat(actual.mean()).isCloseTo(summary.getAverage(), offset(1e-9 * (1 + Math.abs(summary.getAverage()))));
        assertThat(actual.m2()).isCloseTo(m2, offset(1e-9 * (1 + m2)));
    }
}
