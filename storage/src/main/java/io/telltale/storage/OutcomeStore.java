package io.telltale.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Feedback;
import io.telltale.analytics.model.Found;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Series;
import io.telltale.storage.audit.AuditStatus;
import io.telltale.storage.audit.ContinuousAudit;
import io.telltale.storage.clickhouse.Address;
import io.telltale.storage.clickhouse.ClickHouse;
import io.telltale.storage.clickhouse.ClickHouseException;
import io.telltale.storage.clickhouse.EmbeddedClickHouse;
import io.telltale.storage.clickhouse.ExternalClickHouse;
import io.telltale.storage.read.Readers;
import io.telltale.storage.read.Recovery;
import io.telltale.storage.read.StoredSince;
import io.telltale.storage.repair.Repairer;
import io.telltale.storage.schema.Migrations;
import io.telltale.storage.write.BatchWriter;
import io.telltale.storage.write.StoreHealth;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.FlowWithContext;

/// Keeps outcomes in ClickHouse and finds them again. Safe for many threads.
///
/// Reading never waits on the caller's thread; a stage fails when its query does, or takes longer than the settings
/// allow.
public final class OutcomeStore implements AutoCloseable {
    /// A table may have to be altered; that is slow on a busy ClickHouse.
    private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(5);

    private final ClickHouse clickHouse;
    private final BatchWriter writer;
    private final Readers readers;
    private final Repairer repairer;
    private final ContinuousAudit audit;

    private OutcomeStore(
            ClickHouse clickHouse,
            StorageSettings settings,
            Recovery recovery,
            InstantSource clock,
            MeterRegistry registry) {
        this.clickHouse = clickHouse;
        var address = clickHouse.address();
        var retention = settings.retention();
        writer = new BatchWriter(settings.writer(), address, clock, registry);
        readers = new Readers(settings.readers(), recovery, address, registry);
        repairer = new Repairer(settings.repair(), recovery, retention, address, clock, registry);
        audit = new ContinuousAudit(settings.audit(), recovery, retention, address, this::isBehind, clock, registry);
    }

    /// Starts the embedded ClickHouse or reaches the one at the address in the settings, and brings its tables up to
    /// date. Takes about a second.
    ///
    /// @throws ClickHouseException if that is impossible; the message says which setting would help
    public static OutcomeStore open(
            StorageSettings settings, Recovery recovery, InstantSource clock, MeterRegistry registry) {
        return new OutcomeStore(start(settings, registry), settings, recovery, clock, registry);
    }

    static ClickHouse start(StorageSettings settings, MeterRegistry registry) {
        ClickHouse clickHouse = switch (settings.place()) {
            case StorageSettings.Place.Embedded(var engine) -> EmbeddedClickHouse.start(engine, registry);
            case StorageSettings.Place.External(var address) -> ExternalClickHouse.reach(address);
        };
        try {
            migrate(clickHouse.address(), settings);
        } catch (RuntimeException failed) {
            clickHouse.close();
            throw failed;
        }
        return clickHouse;
    }

    private static void migrate(Address address, StorageSettings settings) {
        try (Connection connection = address.connect(MIGRATION_TIMEOUT)) {
            Migrations.ofThisVersion().apply(connection);
            settings.retention().apply(connection);
        } catch (SQLException failed) {
            throw new ClickHouseException("no connection to " + address + ": " + failed.getMessage(), failed);
        }
    }

    /// Emits each outcome, in order, once it is durable, and carries along whatever rides beside it. While ClickHouse
    /// is away or slow nothing is emitted and soon nothing is taken. May be materialised many times; all write
    /// together.
    ///
    /// @param window how many outcomes may wait in one materialisation
    public <C> FlowWithContext<Outcome, C, Outcome, C, NotUsed> write(int window) {
        return writer.write(window);
    }

    public StoreHealth health() {
        return writer.health();
    }

    private boolean isBehind() {
        return health().state() == StoreHealth.State.BEHIND;
    }

    /// What the audit of the recent past has found so far.
    public AuditStatus auditStatus() {
        return audit.status();
    }

    /// The 99th percentile of arrival to durable over the last ten seconds; 0 when nothing came.
    public long ingestLagMillis() {
        return writer.ingestLagMillis(0.99);
    }

    /// Raw while the range holds few points, else in steps of about the asked number; a step without points is absent.
    public CompletionStage<Series> series(Series.Query query) {
        return readers.series(query);
    }

    public CompletionStage<Found<Anomaly>> anomalies(Found.Query query) {
        return readers.anomalies(query);
    }

    /// Keeps what a person said of an anomaly.
    ///
    /// @return how many more anomalies of the series are said to be false alarms than to be right
    public CompletionStage<Integer> say(Feedback said) {
        return readers.say(said);
    }

    /// What counts of what people said of a device's anomalies, by event time, newest first.
    public CompletionStage<List<Feedback>> feedback(DeviceId device, long fromMillis, long toMillis) {
        return readers.feedback(device, fromMillis, toMillis);
    }

    public CompletionStage<Found<DeadLetter>> deadLetters(DeadLetter.Filter filter, DeadLetter.Page page) {
        return readers.deadLetters(filter, page);
    }

    /// Those of them that there are.
    public CompletionStage<List<DeadLetter>> deadLetters(Collection<UUID> ids) {
        return readers.deadLetters(ids);
    }

    /// How many match, for every reason that there is.
    public CompletionStage<Map<DeadLetter.Reason, Long>> deadLetterReasons(DeadLetter.Filter filter) {
        return readers.deadLetterReasons(filter);
    }

    /// Hands over every device ever stored, one by one, on a thread of the store; detectors' states are left out.
    ///
    /// @return completes after the last
    public CompletionStage<Done> forEachDevice(Consumer<DeviceSnapshot> consumer) {
        return readers.forEachDevice(consumer);
    }

    /// What a recovering device needs. Many at once become few queries.
    public CompletionStage<DeviceHistory> history(DeviceId device) {
        return readers.history(device);
    }

    /// How much is stored from `fromMillis` on. Reads all of it.
    public CompletionStage<StoredSince> storedSince(long fromMillis) {
        return readers.storedSince(fromMillis);
    }

    /// Where a person may look into ClickHouse; user and password are those of the settings, or for the embedded one
    /// `telltale` and the content of `run/password` in its data directory.
    public String httpAddress() {
        return clickHouse.address().url().toString();
    }

    /// The address with user and password, for tools of our own.
    public Address address() {
        return clickHouse.address();
    }

    /// The process of the embedded engine, which changes when it is restarted; empty with an external ClickHouse.
    public OptionalLong enginePid() {
        return clickHouse.enginePid();
    }

    /// Ends at once. Streams through [#write] fail: those that are to end in good order must have ended
    /// before.
    @Override
    public void close() {
        writer.close();
        audit.close();
        repairer.close();
        readers.close();
        clickHouse.close();
    }
}
