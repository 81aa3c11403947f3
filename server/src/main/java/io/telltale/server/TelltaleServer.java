package io.telltale.server;

import io.telltale.dashboard.Dashboard;
import io.telltale.dashboard.devices.DeviceIndex;
import io.telltale.dashboard.live.LiveHub;
import io.telltale.dashboard.source.DeadLetters;
import io.telltale.dashboard.source.FeedbackBook;
import io.telltale.dashboard.source.Sources;
import io.telltale.dashboard.source.StoreState;
import io.telltale.devices.Devices;
import io.telltale.gateway.Door;
import io.telltale.gateway.lane.MqttLane;
import io.telltale.gateway.listener.MqttListener;
import io.telltale.gateway.listener.PortTaken;
import io.telltale.gateway.payload.InboundDecoder;
import io.telltale.storage.OutcomeStore;
import io.telltale.storage.clickhouse.ClickHouseException;
import io.telltale.storage.write.StoreHealth;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole server in one object. Started in the order of dependence, closed the other way round: stop reading, drain,
/// confirm, close. Thread-safe.
public final class TelltaleServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TelltaleServer.class);

    private final ServerSettings settings;
    private final Clock clock = Clock.systemUTC();
    private final Shutdown shutdown = new Shutdown();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile boolean doorsOpen;

    private final OutcomeStore store;
    private final Dashboard dashboard;
    private final Optional<MqttListener> listener;

    /// Returns when every door is open.
    ///
    /// @throws Refusal if it cannot start like that: a port taken, a data directory in use, a store away
    public static TelltaleServer start(ServerSettings settings) {
        try {
            Preflight.check(settings);
            return new TelltaleServer(settings);
        } catch (ClickHouseException | PortTaken e) {
            throw new Refusal(String.valueOf(e.getMessage()), e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof IllegalStateException refusal
                    ? new Refusal(String.valueOf(refusal.getMessage()), e)
                    : e;
        }
    }

    private TelltaleServer(ServerSettings settings) {
        this.settings = settings;
        try {
            var metrics = new ProcessMetrics();
            shutdown.add("metrics", () -> CompletableFuture.runAsync(metrics::close));
            var registry = metrics.registry();

            store = OutcomeStore.open(settings.storage(), settings.recovery(), clock, registry);
            shutdown.add("store", () -> CompletableFuture.runAsync(store::close));

            var system = ActorSystem.create(Behaviors.empty(), "telltale", settings.config());
            shutdown.add("actors", () -> {
                system.terminate();
                return system.getWhenTerminated();
            });

            var devices = Devices.start(system, settings.devices(), clock, store::history, registry);
            var index = new DeviceIndex(settings.dashboard().limits(), clock, registry);
            var known =
                    new KnownDevices(store, index, devices, settings.devices().rules());
            shutdown.add("known devices", known::close);
            var live = new LiveHub(index, settings.dashboard().live(), clock, registry);
            var pipeline = new IngestPipeline(devices, live, store, settings, system);
            var replay =
                    new DeadLetterReplay(new InboundDecoder(settings.gateway().payload()), pipeline, clock);
            dashboard = Dashboard.start(system, settings.dashboard(), sources(replay, devices), live, registry, clock)
                    .toCompletableFuture()
                    .join();
            shutdown.add("dashboard", dashboard::close);

            var swept = pipeline.sweep();
            shutdown.add("sweep", () -> {
                pipeline.stopSweep();
                return swept;
            });
            for (var lane : MqttLane.open(settings.gateway(), registry, clock)) {
                open(lane, pipeline);
            }
            listener = settings.gateway().mqtt().enabled()
                    ? Optional.of(MqttListener.bind(settings.gateway(), registry, clock))
                    : Optional.empty();
            listener.ifPresent(door -> open(door, pipeline));
            doorsOpen = true;
            known.load();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open(Door door, IngestPipeline pipeline) {
        var running = pipeline.run(door);
        shutdown.add(door.name(), door::close);
        shutdown.add(door.name() + " draining", () -> door.stopReading().thenCompose(_ -> running));
    }

    private Sources sources(DeadLetterReplay replay, Devices devices) {
        return new Sources(
                store::series,
                store::anomalies,
                new DeadLetters(store::deadLetters, store::deadLetters, store::deadLetterReasons, replay::replay),
                new FeedbackBook(
                        feedback -> store.say(feedback).thenApply(strictness -> {
                            devices.heed(feedback.series(), strictness);
                            return strictness;
                        }),
                        store::feedback),
                this::storeState,
                Map.of("store", () -> !storeState().behind(), "doors", () -> doorsOpen && !closing.get()));
    }

    private StoreState storeState() {
        var health = store.health();
        var audit = store.auditStatus();
        return new StoreState(
                health.state() == StoreHealth.State.BEHIND,
                health.waitingRows(),
                health.lastWriteMillis().orElse(0),
                store.ingestLagMillis(),
                new StoreState.Audit(audit.differences(), audit.windows(), audit.atMillis()));
    }

    /// Where it can be reached, for a person: one line each.
    public String addresses() {
        return "dashboard   http://127.0.0.1:" + httpPort()
                + listener.map(door -> "\nMQTT        127.0.0.1:" + door.port()).orElse("")
                + "\nClickHouse  " + store.httpAddress();
    }

    public int httpPort() {
        return dashboard.port();
    }

    /// @throws IllegalStateException when the listener is switched off
    public int mqttPort() {
        return listener.orElseThrow(() -> new IllegalStateException("telltale.gateway.mqtt.enabled: is off"))
                .port();
    }

    public OutcomeStore store() {
        return store;
    }

    /// Stops reading, drains what was taken in, confirms, acks, closes. Blocks for at most the shutdown deadline; later
    /// calls wait for the first.
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            shutdown.run(settings.shutdownDeadline());
            closed.countDown();
            if (doorsOpen) {
                log.info("stopped");
            }
        } else {
            awaitClosed();
        }
    }

    public void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
