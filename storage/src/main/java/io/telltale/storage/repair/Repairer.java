package io.telltale.storage.repair;

import com.clickhouse.client.api.Client;
import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.storage.audit.AuditResult;
import io.telltale.storage.audit.Comparison;
import io.telltale.storage.audit.Comparison.Patience;
import io.telltale.storage.audit.Difference;
import io.telltale.storage.audit.Scope;
import io.telltale.storage.clickhouse.Address;
import io.telltale.storage.read.Queries;
import io.telltale.storage.read.ReaderSettings;
import io.telltale.storage.read.Recovery;
import io.telltale.storage.rows.RepairBatch;
import io.telltale.storage.schema.Retention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Repairs the rollups that late points left behind, a bounded number at a time on a thread of its own.
///
/// A late window is looked at within seconds: every window in it that its device's watermark has passed is compared
/// with the points and rewritten if it differs. It counts as repaired only when a later look, when nothing that the
/// device handed out can still be under way and no point can be counted any more, finds nothing to do: then nothing
/// will overtake the repair. A query takes one core of ClickHouse at most. What is to be done is in ClickHouse, so
/// a crash forgets nothing, and while ClickHouse is away the rounds fail and are tried again.
public final class Repairer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Repairer.class);

    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration MAX_BACK_OFF = Duration.ofMinutes(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    /// Series that are compared by one query.
    private static final int MAX_SERIES = 64;

    private static final int MAX_DIFFERENCES = 100_000;

    private final RepairSettings settings;
    private final Retention retention;
    private final InstantSource clock;
    private final RepairMetrics metrics;
    private final Client client;
    private final Queries queries;
    private final ToDoList toDo;
    private final DeviceClocks clocks;
    private final Comparison comparison;
    private final Rewriter rewriter;
    private final Schedule schedule;
    private final Semaphore closing = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().name("telltale-repairer").daemon().unstarted(this::run);

    public Repairer(
            RepairSettings settings,
            Recovery recovery,
            Retention retention,
            Address address,
            InstantSource clock,
            MeterRegistry registry) {
        this.settings = settings;
        this.retention = retention;
        this.clock = clock;
        metrics = new RepairMetrics(registry, clock);
        client = address.client(QUERY_TIMEOUT, 1);
        queries = new Queries(new ReaderSettings(1, QUERY_TIMEOUT), 1, address, registry);
        toDo = new ToDoList(queries);
        clocks = new DeviceClocks(queries, recovery);
        comparison = new Comparison(queries, recovery);
        rewriter = new Rewriter(queries, client, recovery, clock);
        schedule = new Schedule(recovery);
        thread.start();
    }

    private void run() {
        Duration pause = settings.every();
        int failures = 0;
        try {
            boolean last = false;
            while (!last) {
                last = closing.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
                long startNanos = System.nanoTime();
                try {
                    boolean full = round();
                    failures = 0;
                    // Half of the time belongs to others, however much there is to do.
                    pause = full ? Duration.ofNanos(System.nanoTime() - startNanos) : settings.every();
                } catch (InterruptedException closed) {
                    throw closed;
                } catch (Exception failed) { // ClickHouse is away or refuses: what is to be done stays noted there
                    metrics.failed();
                    pause = backOff(++failures);
                    logFailure(failed, failures, pause);
                }
            }
        } catch (InterruptedException closed) {
            log.debug("repairs end");
        }
    }

    private Duration backOff(int failures) {
        Duration doubled = settings.every().multipliedBy(1L << Math.min(failures, 10));
        return doubled.compareTo(MAX_BACK_OFF) < 0 ? doubled : MAX_BACK_OFF;
    }

    private static void logFailure(Exception failed, int failures, Duration pause) {
        if (failures == 1) {
            log.warn("repair of late windows failed, again in {}: {}", pause, failed.toString());
        } else {
            log.debug("repair of late windows failed (attempt {}), again in {}", failures, pause, failed);
        }
    }

    /// @return whether there may be more to do at once
    private boolean round() throws Exception {
        long nowMillis = clock.millis();
        List<Entry> due = toDo.due(nowMillis, settings.maxWindows());
        int rewritten = 0;
        for (List<Entry> some : groups(due)) {
            rewritten += repair(some, nowMillis);
        }
        metrics.round(toDo.pending(), rewritten);
        if (rewritten > 0) {
            log.debug("{} rollups in {} late windows repaired", rewritten, due.size());
        }
        return due.size() == settings.maxWindows();
    }

    /// Those of the same time together, as many as fit into a query.
    private static List<List<Entry>> groups(List<Entry> entries) {
        Map<Long, List<Entry>> byTime = entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.window().startMillis(), TreeMap::new, Collectors.toList()));
        List<List<Entry>> groups = new ArrayList<>();
        for (List<Entry> ofTime : byTime.values()) {
            for (int i = 0; i < ofTime.size(); i += MAX_SERIES) {
                groups.add(ofTime.subList(i, Math.min(i + MAX_SERIES, ofTime.size())));
            }
        }
        return groups;
    }

    private int repair(List<Entry> entries, long nowMillis) throws Exception {
        long from = schedule.fromMillis(entries);
        var marks = new RepairBatch();
        if (from < retention.wholeFromMillis(nowMillis)) {
            entries.forEach(entry -> marks.repaired(entry.window(), entry.storedAtMillis()));
            rewriter.storeMarks(marks);
            metrics.expired(entries.size());
            return 0;
        }
        Map<DeviceId, Long> watermarks = clocks.watermarks(entries, from, nowMillis);
        AuditResult compared = compare(entries, from);
        List<Difference> closed = compared.listed().stream()
                .filter(difference -> difference.endMillis()
                        <= watermarks.getOrDefault(difference.series().device(), Long.MIN_VALUE))
                .toList();
        int rewritten = rewriter.rewrite(closed);
        Set<SeriesKey> changed = new HashSet<>();
        closed.forEach(difference -> changed.add(difference.series()));
        boolean more = compared.differences() > compared.listed().size();
        for (Entry entry : entries) {
            SeriesKey series = entry.window().series();
            long watermark = Objects.requireNonNull(watermarks.get(series.device()));
            long again = schedule.nextLookMillis(entry, watermark, more || changed.contains(series), nowMillis);
            if (again == Schedule.NEVER) {
                marks.repaired(entry.window(), entry.storedAtMillis());
            } else {
                marks.lookAgain(entry.window(), again, entry.storedAtMillis());
            }
        }
        rewriter.storeMarks(marks);
        return rewritten;
    }

    private AuditResult compare(List<Entry> entries, long from) throws Exception {
        var scope = new Scope.SomeSeries(
                entries.stream().map(entry -> entry.window().series()).collect(Collectors.toSet()));
        return comparison.run(scope, from, schedule.toMillis(entries), Patience.NONE, MAX_DIFFERENCES);
    }

    /// After a last round, if ClickHouse lets it be a short one.
    @Override
    public void close() {
        closing.release();
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                thread.interrupt();
                thread.join(CLOSE_PATIENCE);
            }
        } catch (InterruptedException hurried) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        queries.close();
        client.close();
    }
}
