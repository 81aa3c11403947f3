package io.telltale.dashboard.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Presence;
import io.telltale.dashboard.devices.DeviceIndex;
import io.telltale.dashboard.source.StoreState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.FlowWithContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What passes through this server, at a glance: keeps the index of devices and the fleet's rates up to date and hands
/// each browser what it watches. The taps never wait and never fail: a view must not harm what it looks at.
/// Thread-safe.
public final class LiveHub {
    private static final Logger log = LoggerFactory.getLogger(LiveHub.class);
    private static final int FAILURES_PER_LOG_LINE = 10_000;

    private final DeviceIndex index;
    private final LiveSettings settings;
    private final InstantSource clock;
    private final Fleet fleet;
    private final Watchers watchers = new Watchers();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Counter failures;
    private final Counter skippedPoints;
    private final Counter skippedAnomalies;
    private final Timer delay;

    public LiveHub(DeviceIndex index, LiveSettings settings, InstantSource clock, MeterRegistry registry) {
        this.index = index;
        this.settings = settings;
        this.clock = clock;
        fleet = new Fleet(clock.millis());
        failures = Counter.builder("telltale.dashboard.tap.failures")
                .description("Outcomes the live view could not take; their way to the store is not affected")
                .register(registry);
        skippedPoints = skipped("points", registry);
        skippedAnomalies = skipped("anomalies", registry);
        delay = Timer.builder("telltale.dashboard.live.delay")
                .description("From a message's arrival to the frame that shows it leaving for the browser")
                .serviceLevelObjectives(
                        Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1))
                .register(registry);
        Gauge.builder("telltale.dashboard.live.sessions", sessions, Set::size)
                .description("Browsers connected")
                .register(registry);
    }

    /// Sees every outcome of a message on its way to the store.
    public <C> FlowWithContext<Outcome, C, Outcome, C, NotUsed> tap() {
        return FlowWithContext.<Outcome, C>create().map(outcome -> {
            heard(outcome);
            return outcome;
        });
    }

    /// Sees every outcome of what no device has just said, a sweep or a replay: nobody was seen and no rate grows.
    public <C> FlowWithContext<Outcome, C, Outcome, C, NotUsed> tapSweep() {
        return FlowWithContext.<Outcome, C>create().map(outcome -> {
            swept(outcome);
            return outcome;
        });
    }

    public DeviceIndex index() {
        return index;
    }

    public Overview overview(StoreState store) {
        return new Overview(
                clock.millis(),
                index.count(Presence.ONLINE),
                index.count(Presence.STALE),
                index.count(Presence.OFFLINE),
                index.isLoading(),
                fleet.messagesPerSecond(),
                fleet.pointsPerSecond(),
                fleet.anomaliesLastHour(),
                fleet.deadLettersLastHour(),
                store);
    }

    /// To be called once a second: the rates need it.
    public void tick() {
        fleet.tick(clock.millis());
    }

    /// Whether one more browser may connect.
    public boolean hasRoom() {
        return sessions.size() < settings.maxSessions();
    }

    /// Ends every browser's connection in good order.
    public void close() {
        sessions.forEach(Session::close);
    }

    void heard(Outcome outcome) {
        try {
            switch (outcome) {
                case Outcome.Processed processed -> {
                    fleet.message(processed.points().size());
                    show(processed, index.heard(processed));
                }
                case Outcome.Rejected _ -> fleet.deadLetter();
            }
        } catch (RuntimeException bug) {
            failed(bug);
        }
    }

    void swept(Outcome outcome) {
        try {
            if (outcome instanceof Outcome.Processed processed) {
                show(processed, index.swept(processed));
            }
        } catch (RuntimeException bug) {
            failed(bug);
        }
    }

    /// @return false when there is no room
    synchronized boolean join(Session session) {
        return hasRoom() && sessions.add(session);
    }

    void watch(Session session, Watch watch) {
        watchers.replace(session, session.watched(), watch);
        session.watch(watch);
    }

    void leave(Session session) {
        sessions.remove(session);
        watchers.replace(session, session.watched(), Watch.NOTHING);
    }

    /// Changes are on their way to a browser.
    void sent(Changes changes) {
        changes.oldestMillis()
                .ifPresent(arrival -> delay.record(Math.max(0, clock.millis() - arrival), TimeUnit.MILLISECONDS));
        changes.points().values().forEach(points -> skippedPoints.increment((double) points.skipped()));
        skippedAnomalies.increment((double) changes.anomaliesSkipped());
    }

    private void show(Outcome.Processed outcome, List<Anomaly> unseen) {
        for (Session session : watchers.of(outcome.device())) {
            session.offer(outcome);
        }
        if (!unseen.isEmpty()) {
            fleet.anomalies(unseen.size());
            for (Session session : watchers.ofAnomalies()) {
                session.offer(unseen);
            }
        }
    }

    private void failed(RuntimeException bug) {
        if ((long) failures.count() % FAILURES_PER_LOG_LINE == 0) {
            log.error("the live view could not take an outcome: the dashboard may show too little", bug);
        }
        failures.increment();
    }

    private static Counter skipped(String kind, MeterRegistry registry) {
        return Counter.builder("telltale.dashboard.live.skipped")
                .tag("kind", kind)
                .description("Forgotten because a browser was slow")
                .register(registry);
    }
}
