package io.telltale.simulator.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.telltale.simulator.device.Device;
import io.telltale.simulator.mqtt.TlsContext;
import io.telltale.simulator.mqtt.Wire;
import io.telltale.simulator.report.Accounts;
import io.telltale.simulator.report.Glance;
import io.telltale.simulator.report.Ledger;
import io.telltale.simulator.report.LedgerPart;
import io.telltale.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The connections on one event loop, and all that their devices need. Shards share nothing that changes but
/// the phase of the run. Belongs to the thread of its loop, but for what says otherwise.
final class Shard {
    private record PlannedBreak(Line line, long atNanos, long untilNanos) {}

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final FleetRun run;
    private final EventLoop loop;
    private final Accounts accounts;
    private final Ledger ledger;
    private final Wire wire;
    private final List<Line> lines = new ArrayList<>();
    private final List<Sender> senders = new ArrayList<>();
    private final List<Line> lineOfSender = new ArrayList<>();
    private final List<Arrivals> planned = new ArrayList<>();
    private final ArrayList<PlannedBreak> breaks = new ArrayList<>();
    private final ByteBuf scratch = Unpooled.buffer(1024);
    private final Pace pace;
    private final Tempo tempo;
    private final AtomicInteger everConnected = new AtomicInteger();

    private Agenda agenda = new Agenda(0);
    private int nextBreak;
    private long checkedNanos;
    private boolean hasBegun;
    private boolean hasFinished;
    private volatile long latestConnectNanos;
    private volatile boolean isAtEnd;
    private volatile boolean isDrained;
    private volatile boolean isGone;
    private volatile int standing;

    Shard(
            FleetRun run,
            EventLoop loop,
            Scenario scenario,
            int connectsAtATime,
            Optional<TlsContext> tls,
            Pace pace,
            Tempo tempo,
            Accounts accounts) {
        this.run = run;
        this.loop = loop;
        this.accounts = accounts;
        this.pace = pace;
        this.tempo = tempo;
        this.ledger = new Ledger(accounts, tempo.ofOurs(pace.stageEndNanos()));
        this.wire = new Wire(loop, scenario.server(), connectsAtATime, tls, ledger);
        this.latestConnectNanos = System.nanoTime();
        this.checkedNanos = latestConnectNanos;
    }

    /// Before the run begins.
    ///
    /// @param places of the devices in the fleet, which has `fleet` of them
    void add(List<Device> devices, List<Integer> places, long seed, int fleet) {
        var line = new Line(this, wire, devices);
        lines.add(line);
        for (int i = 0; i < devices.size(); i++) {
            var device = devices.get(i);
            int place = places.get(i);
            double phase = (double) place / fleet;
            senders.add(new Sender(this, line.session(), device, place, new Arrivals(device, phase, seed, pace)));
            lineOfSender.add(line);
            planned.add(new Arrivals(device, phase, seed, pace));
        }
        line.breaks().forEach(one -> breaks.add(new PlannedBreak(line, one.atNanos(), one.untilNanos())));
    }

    EventLoop loop() {
        return loop;
    }

    /// How many connections have stood at some time. Any thread.
    int everConnected() {
        return everConnected.get();
    }

    /// How many stand now, as of the last second. Any thread.
    int standing() {
        return standing;
    }

    /// When one stood last that had not before. Any thread.
    long latestConnectNanos() {
        return latestConnectNanos;
    }

    /// Has everything become due that is meant to? Any thread.
    boolean isAtEnd() {
        return isAtEnd;
    }

    /// Is every message acked that left, and every one gone that is made? Any thread; true only while draining.
    boolean isDrained() {
        return isDrained;
    }

    /// Has every connection said goodbye? Any thread.
    boolean isGone() {
        return isGone;
    }

    String latestFailure() {
        return wire.latestFailure();
    }

    /// The numbers as they are now; never comes when the loop has ended. Any thread.
    CompletableFuture<LedgerPart> part() {
        var answer = new CompletableFuture<LedgerPart>();
        if (!loop.isShuttingDown()) {
            loop.execute(() -> {
                long unsent = 0;
                for (var sender : senders) {
                    unsent += sender.unsent();
                    accounts.unsent(sender.place(), sender.unsent());
                }
                answer.complete(ledger.part(unsent));
            });
        }
        return answer;
    }

    /// How it stands now; never comes when the loop has ended. Any thread.
    CompletableFuture<Glance.Part> glance() {
        var answer = new CompletableFuture<Glance.Part>();
        if (!loop.isShuttingDown()) {
            loop.execute(() -> answer.complete(
                    ledger.glance(senders.stream().mapToLong(Sender::unsent).sum())));
        }
        return answer;
    }

    /// Connects the lines, evenly over a while.
    ///
    /// @param first of the shard's lines among all, which are `step` apart
    void connect(int first, int step, int all, long overNanos) {
        for (int i = 0; i < lines.size(); i++) {
            long after = (long) ((double) (first + i * step) / all * overNanos);
            var session = lines.get(i).session();
            if (after == 0) {
                session.connect();
            } else {
                loop.schedule(session::connect, after, TimeUnit.NANOSECONDS);
            }
        }
    }

    void tick(long nowNanos) {
        switch (run.phase()) {
            case CONNECTING, ENDED -> {}
            case SENDING -> send(nowNanos);
            case DRAINING -> drain(nowNanos);
            case CLOSING ->
                isGone = lines.stream().allMatch(line -> line.session().isGone());
        }
        ledger.tick(nowNanos, run.heapBytes());
        if (nowNanos - checkedNanos > SECOND_NANOS) {
            checkedNanos = nowNanos;
            int stand = 0;
            for (var line : lines) {
                line.session().keepAlive(nowNanos);
                stand += line.session().isConnected() ? 1 : 0;
            }
            standing = stand;
        }
    }

    private void send(long nowNanos) {
        if (!hasBegun) {
            begin();
        }
        long elapsed = tempo.ofDevices(nowNanos - startNanos());
        long last = Math.min(elapsed, run.durationNanos() - 1);
        breakLines(elapsed);
        while (agenda.nanos() <= last) {
            int next = agenda.next();
            var arrivals = planned.get(next);
            arrivals.advance();
            agenda.reschedule(arrivals.nanos());
            senders.get(next).becomeDue();
            lineOfSender.get(next).enqueue(senders.get(next), nowNanos);
        }
        isAtEnd = elapsed >= run.durationNanos();
    }

    private void begin() {
        hasBegun = true;
        ledger.begin(startNanos());
        agenda = new Agenda(senders.size());
        for (int i = 0; i < planned.size(); i++) {
            agenda.add(i, planned.get(i).nanos());
        }
        breaks.sort(Comparator.comparingLong(PlannedBreak::atNanos));
    }

    private void breakLines(long elapsedNanos) {
        while (nextBreak < breaks.size() && breaks.get(nextBreak).atNanos() <= elapsedNanos) {
            var broken = breaks.get(nextBreak++);
            broken.line().session().cut(dueNanos(broken.untilNanos()));
        }
    }

    private void drain(long nowNanos) {
        if (!hasFinished) {
            hasFinished = true;
            for (int i = 0; i < senders.size(); i++) {
                senders.get(i).finish(nowNanos);
                lineOfSender.get(i).enqueue(senders.get(i), nowNanos);
            }
        }
        isDrained = ledger.unacked() == 0 && senders.stream().noneMatch(Sender::hasMade);
    }

    /// Says goodbye for every device.
    void close() {
        lines.forEach(line -> line.session().close());
    }

    void connected() {
        if (run.phase() == FleetRun.Phase.CONNECTING) {
            everConnected.incrementAndGet();
            latestConnectNanos = System.nanoTime();
        }
    }

    boolean isSending() {
        return run.phase() == FleetRun.Phase.SENDING;
    }

    private long startNanos() {
        return run.startNanos();
    }

    /// When something is due on the clock of [System#nanoTime].
    ///
    /// @param offsetNanos from the beginning, on the clock of the devices
    long dueNanos(long offsetNanos) {
        return startNanos() + tempo.ofOurs(offsetNanos);
    }

    long timeMillis(long offsetNanos) {
        return run.startMillis() + TimeUnit.NANOSECONDS.toMillis(offsetNanos);
    }

    /// Where payloads are put together; good until the next message.
    ByteBuf scratch() {
        return scratch;
    }
}
