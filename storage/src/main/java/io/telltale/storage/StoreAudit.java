package io.telltale.storage;

import com.clickhouse.client.api.Client;
import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.storage.audit.AuditResult;
import io.telltale.storage.audit.Auditor;
import io.telltale.storage.audit.Comparison.Patience;
import io.telltale.storage.audit.Scope;
import io.telltale.storage.clickhouse.Address;
import io.telltale.storage.clickhouse.ClickHouse;
import io.telltale.storage.clickhouse.ClickHouseException;
import io.telltale.storage.clickhouse.EmbeddedClickHouse;
import io.telltale.storage.clickhouse.ExternalClickHouse;
import io.telltale.storage.read.Queries;
import io.telltale.storage.read.ReaderSettings;
import io.telltale.storage.read.Recovery;
import io.telltale.storage.repair.Rewriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// The rollups of a store held against its points, by somebody who came to look: beside a server that runs on it, or
/// with a ClickHouse started for this alone. Blocks the calling thread.
public final class StoreAudit implements AutoCloseable {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(10);

    private final ClickHouse clickHouse;
    private final boolean besideServer;
    private final StorageSettings settings;
    private final Recovery recovery;
    private final InstantSource clock;
    private final Queries queries;
    private final Client client;
    private final Auditor auditor;

    private StoreAudit(
            ClickHouse clickHouse,
            boolean besideServer,
            StorageSettings settings,
            Recovery recovery,
            InstantSource clock,
            MeterRegistry registry) {
        this.clickHouse = clickHouse;
        this.besideServer = besideServer;
        this.settings = settings;
        this.recovery = recovery;
        this.clock = clock;
        Address address = clickHouse.address();
        queries = new Queries(new ReaderSettings(1, QUERY_TIMEOUT), address, registry);
        client = address.client(QUERY_TIMEOUT, 1);
        auditor = new Auditor(queries, recovery, settings.audit().maxRows());
    }

    /// @throws ClickHouseException if there is no store, or no way to it
    public static StoreAudit open(
            StorageSettings settings, Recovery recovery, InstantSource clock, MeterRegistry registry) {
        Optional<Address> running = switch (settings.place()) {
            case StorageSettings.Place.Embedded(var engine) -> EmbeddedClickHouse.ofAnother(engine);
            // Whether somebody writes to it cannot be seen from here.
            case StorageSettings.Place.External(var address) -> Optional.of(address);
        };
        if (running.isPresent()) {
            return new StoreAudit(ExternalClickHouse.reach(running.get()), true, settings, recovery, clock, registry);
        }
        if (settings.place() instanceof StorageSettings.Place.Embedded(var engine)
                && !EmbeddedClickHouse.hasData(engine)) {
            throw new ClickHouseException("nothing is stored in " + engine.dataDirectory()
                    + ": name the data directory with --data-dir or telltale.data-dir");
        }
        return new StoreAudit(OutcomeStore.start(settings, registry), false, settings, recovery, clock, registry);
    }

    /// Compares every closed window that lies in the range.
    ///
    /// @param maxListed differences to list
    /// @throws Exception if ClickHouse goes away or refuses
    public AuditResult audit(Scope scope, long fromMillis, long toMillis, int maxListed) throws Exception {
        return auditor.audit(scope, whole(fromMillis), toMillis, patience(), maxListed);
    }

    /// Rewrites every window in the range that differs, and those that wait for the repair of late points too.
    ///
    /// @return how many
    /// @throws Exception if ClickHouse goes away or refuses; some windows may be rewritten
    public long repair(Scope scope, long fromMillis, long toMillis) throws Exception {
        var rewriter = new Rewriter(queries, client, recovery, clock);
        return auditor.repair(scope, whole(fromMillis), toMillis, patience().withoutWaiting(), rewriter::rewrite);
    }

    /// Points that are thrown away by age leave windows that cannot be told from wrong ones.
    private long whole(long fromMillis) {
        return Math.max(fromMillis, settings.retention().wholeFromMillis(clock.millis()));
    }

    private Patience patience() {
        return besideServer ? Patience.besideServer(clock.millis(), recovery) : Patience.alone(clock.millis());
    }

    @Override
    public void close() {
        queries.close();
        client.close();
        clickHouse.close();
    }
}
