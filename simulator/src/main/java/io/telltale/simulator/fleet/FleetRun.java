package io.telltale.simulator.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.telltale.simulator.device.Device;
import io.telltale.simulator.fault.Faults;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.mqtt.Wire;
import io.telltale.simulator.report.Ledger;
import io.telltale.simulator.report.LoadReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A run from the first connect to the last ack. Devices connect, then send on a fixed schedule that no answer can
/// slow down (an open loop), then wait for the last acks and say goodbye.
///
/// One event loop thread does everything, so nothing here needs a lock. [#stop], [#progress] and [#ending] may be
/// called from any thread.
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
    public record Progress(Phase phase, int connected, LoadReport report) {}

    /// Messages leave up to this much late, and their latency says so. At 20,000 messages/s of 1,000 devices our own
    /// share of
    /// the CPU is 4.7 microseconds a message with 1 ms and 2.5 with 5 ms.
    private static final long TICK_MILLIS = 2;
    private static final long KEEP_ALIVE_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long MISHAP_SALT = 0x6d69_7368_6170_7321L;

    private final FleetOptions options;
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("fleet", true), NioIoHandler.newFactory());
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final Ledger ledger;
    private final Wire wire;
    private final Schedule schedule;
    private final List<Sender> senders;
    private final ByteBuf scratch = Unpooled.buffer(1024);

    private Phase phase = Phase.CONNECTING;
    private int connected;
    private long startMillis;
    private long startNanos;
    private long latestConnectNanos;
    private long keepAliveCheckedNanos;
    private long phaseNanos;
    private boolean isStopRequested;
    /// From the moment the last ack was in or given up: the goodbyes are no part of the load.
    private Optional<LoadReport> finalReport = Optional.empty();

    private FleetRun(FleetOptions options, Consumer<Label> labels) {
        this.options = options;
        this.ledger = new Ledger(options.devices());
        this.wire = new Wire(group.next(), options.host(), options.port(), options.qos(), options.window(), ledger);
        this.schedule = new Schedule(options.devices(), options.messagesPerSecond());
        var faults =
                options.hasFaults() ? Optional.of(new Faults(options.faultEvery(), labels)) : Optional.<Faults>empty();
        var devices = Device.fleet(options.payload(), options.first(), options.devices(), options.seed(), faults);
        var mishaps = new SplittableRandom(options.seed() ^ MISHAP_SALT);
        this.senders = new ArrayList<>(options.devices());
        for (var device : devices) {
            senders.add(new Sender(this, wire, device, senders.size(), options.hasFaults(), mishaps.split()));
        }
    }

    /// @param labels hears of each injected fault, on the thread of the event loop
    public static FleetRun start(FleetOptions options, Consumer<Label> labels) {
        var run = new FleetRun(options, labels);
        run.group.execute(run::begin);
        return run;
    }

    /// Ends the run as if its duration were over.
    public void stop() {
        if (!group.isShuttingDown()) {
            group.execute(() -> isStopRequested = true);
        }
    }

    /// When and how the run ended. Fails only by a bug or when a label cannot be written.
    public CompletableFuture<Ending> ending() {
        return ending;
    }

    /// The numbers so far; never comes when the run has ended meanwhile.
    public CompletableFuture<Progress> progress() {
        var answer = new CompletableFuture<Progress>();
        if (!group.isShuttingDown()) {
            group.execute(() -> answer.complete(new Progress(phase, connected, report(System.nanoTime()))));
        }
        return answer;
    }

    void connected() {
        if (phase == Phase.CONNECTING) {
            connected++;
            latestConnectNanos = System.nanoTime();
        }
    }

    boolean isSending() {
        return phase == Phase.SENDING;
    }

    Schedule schedule() {
        return schedule;
    }

    long startNanos() {
        return startNanos;
    }

    long timeMillis(long offsetNanos) {
        return startMillis + TimeUnit.NANOSECONDS.toMillis(offsetNanos);
    }

    /// Where payloads are put together; good until the next message.
    ByteBuf scratch() {
        return scratch;
    }

    private void begin() {
        latestConnectNanos = System.nanoTime();
        keepAliveCheckedNanos = latestConnectNanos;
        startNanos = latestConnectNanos;
        startMillis = System.currentTimeMillis();
        for (var sender : senders) {
            sender.connection().connect();
        }
        group.scheduleWithFixedDelay(this::tickOrFail, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tickOrFail() {
        try {
            tick(System.nanoTime());
        } catch (RuntimeException | Error e) {
            // The loop would drop it and tick no more.
            phase = Phase.ENDED;
            ending.completeExceptionally(e);
            shutDown();
        }
    }

    private void tick(long nowNanos) {
        switch (phase) {
            case CONNECTING -> awaitConnections(nowNanos);
            case SENDING -> send(nowNanos);
            case DRAINING -> drain(nowNanos);
            case CLOSING -> awaitGoodbyes(nowNanos);
            case ENDED -> {}
        }
        if (nowNanos - keepAliveCheckedNanos > KEEP_ALIVE_CHECK_NANOS) {
            keepAliveCheckedNanos = nowNanos;
            for (var sender : senders) {
                sender.connection().keepAlive(nowNanos);
            }
        }
    }

    private void awaitConnections(long nowNanos) {
        boolean isOverdue = nowNanos - latestConnectNanos > nanos(options.connectTimeout());
        if (isStopRequested) {
            enter(Phase.DRAINING, nowNanos);
        } else if (connected == senders.size() || (isOverdue && connected > 0)) {
            startNanos = nowNanos;
            startMillis = System.currentTimeMillis();
            enter(Phase.SENDING, nowNanos);
        } else if (isOverdue) {
            end(new Ending.Unreachable(wire.latestFailure()));
        }
    }

    private void send(long nowNanos) {
        long elapsed = nowNanos - startNanos;
        long durationNanos = options.duration().map(FleetRun::nanos).orElse(Long.MAX_VALUE);
        long last = Math.min(elapsed, durationNanos - 1);
        while (schedule.nanos() <= last) {
            senders.get(schedule.device()).becomeDue(nowNanos);
            schedule.advance();
        }
        if (isStopRequested || elapsed >= durationNanos) {
            enter(Phase.DRAINING, nowNanos);
        }
    }

    private void drain(long nowNanos) {
        if (ledger.unacked() == 0 || nowNanos - phaseNanos >= nanos(options.drain())) {
            finalReport = Optional.of(report(nowNanos));
            for (var sender : senders) {
                sender.device().finish();
                sender.connection().close();
            }
            enter(Phase.CLOSING, nowNanos);
        }
    }

    private void awaitGoodbyes(long nowNanos) {
        boolean isOverdue = nowNanos - phaseNanos > CLOSE_DEADLINE_NANOS;
        if (isOverdue || senders.stream().allMatch(sender -> sender.connection().isGone())) {
            var ids = senders.stream().map(Sender::id).toList();
            end(new Ending.Finished(finalReport.orElseThrow(), ids, ledger.telemetryAcked()));
        }
    }

    private LoadReport report(long nowNanos) {
        long unsent = 0;
        for (var sender : senders) {
            unsent += sender.unsent();
        }
        return ledger.report(startMillis, startNanos, nowNanos, unsent);
    }

    private void enter(Phase next, long nowNanos) {
        phase = next;
        phaseNanos = nowNanos;
    }

    private void end(Ending how) {
        phase = Phase.ENDED;
        ending.complete(how);
        shutDown();
    }

    private void shutDown() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static long nanos(Duration time) {
        return TimeUnit.NANOSECONDS.convert(time);
    }
}
