package io.telltale.gateway;

import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;

/// A line whose middle is the test: it takes what the door delivers and acks when told to.
public final class TestLine {
    private static final int ACKS = 1 << 17;

    private final BlockingQueue<Pair<Inbound, Ack>> delivered = new LinkedBlockingQueue<>();
    private final UniqueKillSwitch deliveries;
    private final CompletionStage<Done> end;
    private final SourceQueueWithComplete<Pair<String, Ack>> acks;
    private final CompletionStage<Done> acksEnd;

    private TestLine(Door door, ActorSystem system) {
        var running = door.deliveries()
                .asSource()
                .viaMat(KillSwitches.single(), Keep.right())
                .toMat(Sink.foreach(delivered::add), Keep.both())
                .run(system);
        this.deliveries = running.first();
        this.end = running.second();
        var acking = Source.<Pair<String, Ack>>queue(ACKS, OverflowStrategy.fail())
                .via(door.acknowledge())
                .toMat(Sink.ignore(), Keep.both())
                .run(system);
        this.acks = acking.first();
        this.acksEnd = acking.second();
    }

    public static TestLine run(Door door, ActorSystem system) {
        return new TestLine(door, system);
    }

    public Pair<Inbound, Ack> next() throws InterruptedException {
        var next = delivered.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("expected a delivery within 10 s");
        }
        return next;
    }

    public List<Pair<Inbound, Ack>> next(int count) throws InterruptedException {
        var all = new ArrayList<Pair<Inbound, Ack>>();
        for (int i = 0; i < count; i++) {
            all.add(next());
        }
        return all;
    }

    /// The value of the only point of the next delivery.
    public double nextValue() throws InterruptedException {
        return value(next());
    }

    public static double value(Pair<Inbound, Ack> delivery) {
        return ((Point.Numeric) ((Report) delivery.first()).points().getFirst()).value();
    }

    public int waiting() {
        return delivered.size();
    }

    public void ack(Pair<Inbound, Ack> delivery) {
        acks.offer(Pair.create("stored", delivery.second()));
    }

    public void ack(List<Pair<Inbound, Ack>> deliveries) {
        deliveries.forEach(this::ack);
    }

    /// Both ends, as a restart of the line would.
    public void fail() {
        var cause = new IllegalStateException("the test fails the line");
        deliveries.abort(cause);
        acks.fail(cause);
    }

    public CompletionStage<Done> end() {
        return end;
    }

    public CompletionStage<Done> acksEnd() {
        return acksEnd;
    }

    public static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
    }
}
