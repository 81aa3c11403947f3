package io.telltale.storage.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.storage.audit.Comparison.Patience;
import io.telltale.storage.clickhouse.Address;
import io.telltale.storage.read.Queries;
import io.telltale.storage.read.ReaderSettings;
import io.telltale.storage.read.Recovery;
import io.telltale.storage.schema.Retention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Audits the recent past over and over, with one core of ClickHouse at most and a pause after each round.
public final class ContinuousAudit implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ContinuousAudit.class);

    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_LISTED = 5;

    private final AuditSettings settings;
    private final Recovery recovery;
    private final Retention retention;
    private final InstantSource clock;
    private final BooleanSupplier held;
    private final Queries queries;
    private final Comparison comparison;
    private final DeviceTurns turns;
    private final Counter rounds;
    private final Counter failures;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("telltale-audit").daemon().unstarted(this::run);

    /// Of the turn through all devices that has begun.
    private AuditResult turn = AuditResult.NOTHING;

    private volatile AuditStatus status = AuditStatus.NONE;

    /// @param held while true no round is worth anything: the store is behind, and rollups come later than their points
    public ContinuousAudit(
            AuditSettings settings,
            Recovery recovery,
            Retention retention,
            Address address,
            BooleanSupplier held,
            InstantSource clock,
            MeterRegistry registry) {
        this.settings = settings;
        this.recovery = recovery;
        this.retention = retention;
        this.clock = clock;
        this.held = held;
        queries = new Queries(new ReaderSettings(1, QUERY_TIMEOUT), 1, address, registry);
        comparison = new Comparison(queries, recovery);
        turns = new DeviceTurns(queries, settings.maxRows());
        rounds = registry.counter("telltale.storage.audit.rounds");
        failures = registry.counter("telltale.storage.audit.failures");
        Gauge.builder("telltale.storage.audit.differences", this, audit -> audit.status.differences())
                .description("Windows of the recent past whose rollup is not what its points say")
                .register(registry);
        Gauge.builder("telltale.storage.audit.windows", this, audit -> audit.status.windows())
                .description("Windows of the recent past that were compared with their points")
                .register(registry);
        Gauge.builder("telltale.storage.audit.age.seconds", this, ContinuousAudit::ageSeconds)
                .description("Since the last round of the audit; NaN before the first")
                .register(registry);
        if (settings.enabled()) {
            thread.start();
        }
    }

    public AuditStatus status() {
        return status;
    }

    private double ageSeconds() {
        long at = status.atMillis();
        return at == 0 ? Double.NaN : (clock.millis() - at) / 1000.0;
    }

    private void run() {
        try {
            while (!closing.await(settings.every().toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    round();
                } catch (InterruptedException closed) {
                    throw closed;
                } catch (Exception failed) { // ClickHouse is away or busy: the next round will tell
                    failures.increment();
                    log.debug("a round of the audit failed", failed);
                }
            }
        } catch (InterruptedException closed) {
            log.debug("the audit ends");
        }
    }

    private void round() throws Exception {
        long now = clock.millis();
        long widest = recovery.widestMillis();
        long from = Math.floorDiv(now - settings.past().toMillis(), widest) * widest;
        from = Math.max(from, retention.wholeFromMillis(now));
        if (held.getAsBoolean()) {
            return;
        }
        Scope devices = turns.next(from, now);
        AuditResult found = comparison.run(devices, from, now, Patience.besideServer(now, recovery), MAX_LISTED);
        if (held.getAsBoolean()) {
            return;
        }
        turn = turn.plus(found, MAX_LISTED);
        rounds.increment();
        show(turns.isComplete());
    }

    /// A difference shows at once; that there is none, when the turn is complete.
    private void show(boolean complete) {
        long before = status.differences();
        boolean worse = turn.differences() > before;
        status = complete || worse
                ? new AuditStatus(turn.differences(), turn.windows(), clock.millis())
                : new AuditStatus(before, status.windows(), clock.millis());
        if (worse) {
            log.warn(
                    "audit: {} of {} windows are not what their points say; ./telltale audit --repair puts them right: {}",
                    turn.differences(),
                    turn.windows(),
                    turn.listed());
        }
        if (complete) {
            turn = AuditResult.NOTHING;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        queries.close();
    }
}
