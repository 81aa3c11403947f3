package io.telltale.simulator.fleet;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.telltale.simulator.device.Device;
import io.telltale.simulator.device.Devices;
import io.telltale.simulator.device.Identity;
import io.telltale.simulator.fault.Labels;
import io.telltale.simulator.mqtt.TlsContext;
import io.telltale.simulator.report.Accounts;
import io.telltale.simulator.report.Glance;
import io.telltale.simulator.report.LedgerPart;
import io.telltale.simulator.report.RunReport;
import io.telltale.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A run from the first connect to the last ack. Devices connect, then send on a schedule that no answer can
/// slow down (an open loop), then wait for the last acks and say goodbye.
///
/// Each event loop has its shard of the connections; the first of them also decides when a phase is over, for
/// all. [#stop], [#progress] and [#ending] may be called from any thread.
public final class FleetRun {
    /// Where a run is. Each leads to the next.
    public enum Phase {
        CONNECTING,
        SENDING,
        DRAINING,
        CLOSING,
        ENDED
    }

    /// How far a run is.
    ///
    /// @param connected how many connections have stood at some time
    /// @param elapsed since the first message was due, on the clock of the devices
    public record Progress(Phase phase, int connected, Duration elapsed, Glance glance) {}

    /// Messages leave up to this much late, and their latency says so. At 20,000 messages/s of 1,000 devices
    /// our own share of the CPU is 4.7 microseconds a message with 1 ms and 2.5 with 5 ms.
    private static final long TICK_MILLIS = 2;
    private static final long CLOSE_DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RunOptions options;
    private final Scenario scenario;
    private final MultiThreadIoEventLoopGroup group;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final HeapWatch heap = new HeapWatch();
    private final Labels labels;
    private final Pace pace;
    private final Tempo tempo;
    private final Accounts accounts;
    private final List<Identity> identities;
    private final Shards shards;
    private final long durationNanos;

    private volatile Phase phase = Phase.CONNECTING;
    private volatile long startMillis = System.currentTimeMillis();
    private volatile long startNanos = System.nanoTime();
    private final long wallStartMillis = startMillis;
    private volatile boolean isStopRequested;
    private volatile boolean isComplete;
    private volatile @Nullable RunReport finalReport;
    private long phaseNanos;
    private long latestStandingNanos;
    private boolean hasGivenUp;

    private FleetRun(RunOptions options) {
        this.options = options;
        this.scenario = options.scenario();
        this.group = new MultiThreadIoEventLoopGroup(
                options.threads(), new DefaultThreadFactory("fleet", true), NioIoHandler.newFactory());
        this.labels = new Labels(options.keepsLabels());
        this.pace = Pace.of(scenario);
        this.tempo = new Tempo(scenario.speed());
        this.accounts = new Accounts(scenario.devices());
        this.durationNanos = scenario.duration().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        var tls = scenario.server().tls().map(TlsContext::of);
        int connectsAtATime = Math.max(1, scenario.server().connectsAtATime() / options.threads());
        var all = new ArrayList<Shard>();
        for (int i = 0; i < options.threads(); i++) {
            all.add(new Shard(this, group.next(), scenario, connectsAtATime, tls, pace, tempo, accounts));
        }
        var devices = Devices.of(scenario, options.first(), labels);
        this.identities = devices.stream().map(Device::identity).toList();
        this.shards = new Shards(all, devices, scenario.seed());
    }

    /// A run that has not begun.
    public static FleetRun of(RunOptions options) {
        return new FleetRun(options);
    }

    /// Ends the run as if its duration were over.
    public void stop() {
        isStopRequested = true;
    }

    /// When and how the run ended. Fails only by a bug.
    public CompletableFuture<Ending> ending() {
        return ending;
    }

    /// The faults so far; of all devices once the run has ended.
    public Labels labels() {
        return labels;
    }

    /// The numbers so far; never comes when the run has ended meanwhile.
    public CompletableFuture<Progress> progress() {
        return shards.glance().thenApply(glance -> new Progress(phase, shards.everConnected(), elapsed(), glance));
    }

    private Duration elapsed() {
        return phase == Phase.CONNECTING
                ? Duration.ZERO
                : Duration.ofNanos(tempo.ofDevices(System.nanoTime() - startNanos));
    }

    /// How many connections there are to be.
    public int connections() {
        return shards.connections();
    }

    Phase phase() {
        return phase;
    }

    /// When the first message is due, on the clock of [System#nanoTime].
    public long startNanos() {
        return startNanos;
    }

    /// Of all devices, in the order of the fleet.
    public List<Identity> identities() {
        return identities;
    }

    /// When the run began by our clock.
    public long wallStartMillis() {
        return wallStartMillis;
    }

    /// Event time of the beginning.
    public long startMillis() {
        return startMillis;
    }

    /// On the clock of the devices.
    long durationNanos() {
        return durationNanos;
    }

    /// Call once.
    public FleetRun begin() {
        shards.begin(scenario.connectOver().toNanos(), TICK_MILLIS, this::tickOrFail);
        return this;
    }

    private void tickOrFail(Shard shard) {
        try {
            long now = System.nanoTime();
            if (shards.isLeading(shard)) {
                decide(now);
            }
            shard.tick(now);
        } catch (RuntimeException | Error e) {
            // The loop would drop it and tick no more.
            phase = Phase.ENDED;
            ending.completeExceptionally(e);
            shutDown();
        }
    }

    private void decide(long nowNanos) {
        switch (phase) {
            case CONNECTING -> awaitConnections(nowNanos);
            case SENDING -> awaitEnd(nowNanos);
            case DRAINING -> awaitAcks(nowNanos);
            case CLOSING -> awaitGoodbyes(nowNanos);
            case ENDED -> {}
        }
    }

    private void awaitConnections(long nowNanos) {
        long latest =
                shards.latestConnectNanos(startNanos + scenario.connectOver().toNanos());
        int connected = shards.everConnected();
        boolean isOverdue = nowNanos - latest > options.connectTimeout().toNanos();
        if (isStopRequested) {
            enter(Phase.DRAINING, nowNanos);
        } else if (connected == shards.connections() || (isOverdue && connected > 0)) {
            startNanos = nowNanos;
            startMillis = scenario.startMillis(System.currentTimeMillis());
            latestStandingNanos = nowNanos;
            enter(Phase.SENDING, nowNanos);
        } else if (isOverdue) {
            phase = Phase.ENDED;
            ending.complete(new Ending.Unreachable(shards.latestFailure()));
            shutDown();
        }
    }

    private void awaitEnd(long nowNanos) {
        boolean isOver = shards.areAll(Shard::isAtEnd);
        if (shards.isAnyStanding()) {
            latestStandingNanos = nowNanos;
        }
        boolean isHopeless = options.giveUp()
                .filter(time -> nowNanos - latestStandingNanos > time.toNanos())
                .isPresent();
        if (isOver || isStopRequested || isHopeless) {
            isComplete = isOver;
            hasGivenUp = isHopeless && !isOver && !isStopRequested;
            enter(Phase.DRAINING, nowNanos);
        }
    }

    private void awaitAcks(long nowNanos) {
        boolean isOverdue = nowNanos - phaseNanos >= options.drain().toNanos();
        if (isOverdue || shards.areAll(Shard::isDrained)) {
            enter(Phase.CLOSING, nowNanos);
            // The goodbyes are no part of the load.
            shards.part().thenAccept(part -> {
                finalReport = report(part);
                shards.close();
            });
        }
    }

    private void awaitGoodbyes(long nowNanos) {
        var report = finalReport;
        boolean isOverdue = nowNanos - phaseNanos > CLOSE_DEADLINE_NANOS;
        if (report != null && (isOverdue || shards.areAll(Shard::isGone))) {
            var devices = new ArrayList<Accounts.Account>();
            for (int place = 0; place < identities.size(); place++) {
                devices.add(accounts.of(place, identities.get(place).id()));
            }
            phase = Phase.ENDED;
            ending.complete(new Ending.Finished(report, devices, hasGivenUp));
            shutDown();
        }
    }

    private RunReport report(LedgerPart part) {
        var server = scenario.server();
        return RunReport.of(
                new RunReport.Header(
                        scenario.name(),
                        scenario.seed(),
                        server.host() + ":" + server.port(),
                        pace.stageNames(),
                        tempo.ofOurs(pace.stageEndNanos()),
                        scenario.speed(),
                        startMillis,
                        startNanos),
                part,
                isComplete,
                System.nanoTime());
    }

    private void enter(Phase next, long nowNanos) {
        phaseNanos = nowNanos;
        phase = next;
    }

    long heapBytes() {
        return heap.bytes();
    }

    private void shutDown() {
        heap.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
