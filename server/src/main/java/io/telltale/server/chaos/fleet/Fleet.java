package io.telltale.server.chaos.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGeneratorFactory;

/// All devices of a run, each on one of the ways into the server. They end by themselves when everything is acked.
public final class Fleet implements AutoCloseable {
    /// Devices that speak for the whole run; the others fall silent earlier.
    private static final double STEADY = 0.7;

    private static final Duration LEAVING = Duration.ofSeconds(10);

    private final List<Script> scripts;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<AckWatch> watches;

    /// What it has done so far.
    ///
    /// @param messages in all scripts
    /// @param sent repetitions after a reconnect included
    /// @param acked messages, each once
    public record Account(long messages, long sent, long acked, long reconnects) {}

    /// @param messages of all devices together
    /// @param span how long the fleet speaks
    /// @param lateBy how late late points are at least; zero for none
    public static List<Script> scripts(long seed, int devices, int messages, Duration span, Duration lateBy) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var weights = random.doubles(devices, 0.5, 1.5).toArray();
        double left = Arrays.stream(weights).sum();
        int messagesLeft = messages;
        var scripts = new ArrayList<Script>(devices);
        for (int i = 0; i < devices; i++) {
            int share = (int) Math.round(messagesLeft * weights[i] / left);
            scripts.add(new Script(seed, i, share, span, lateBy));
            messagesLeft -= share;
            left -= weights[i];
        }
        return scripts;
    }

    /// Starts it.
    ///
    /// @param ports of the ways in; device `n` takes the one at `n` modulo their number
    /// @param span how long it speaks when nothing is in its way
    public Fleet(long seed, List<Script> scripts, List<Integer> ports, Duration span) {
        this.scripts = List.copyOf(scripts);
        watches = ports.stream().map(_ -> new AckWatch()).toList();
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(~seed);
        long startNanos = System.nanoTime();
        for (int i = 0; i < scripts.size(); i++) {
            double part = random.nextDouble() < STEADY ? 1 : random.nextDouble(0.2, 0.9);
            int way = i % ports.size();
            publishers.add(new Publisher(
                    scripts.get(i), ports.get(way), startNanos, (long) (span.toNanos() * part), watches.get(way)));
        }
        for (var publisher : publishers) {
            threads.add(Thread.ofVirtual().name(publisher.script().device()).start(publisher));
        }
    }

    public List<Script> scripts() {
        return scripts;
    }

    /// The acks of the way in at this place.
    public AckWatch watch(int way) {
        return watches.get(way);
    }

    public Account account() {
        return new Account(
                scripts.stream().mapToLong(Script::size).sum(),
                publishers.stream().mapToLong(Publisher::sent).sum(),
                publishers.stream().mapToLong(Publisher::acked).sum(),
                publishers.stream().mapToLong(Publisher::reconnects).sum());
    }

    /// Waits until everything is acked.
    ///
    /// @return whether it is, in time
    public boolean awaitAcked(Duration patience) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        for (var thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime())));
        }
        return publishers.stream().allMatch(Publisher::isDone);
    }

    /// Ends what has not ended by itself.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                thread.join(LEAVING);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
