package io.telltale.simulator.fleet;

import io.telltale.simulator.device.Device;
import io.telltale.simulator.report.Glance;
import io.telltale.simulator.report.LedgerPart;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// All shards of a run: spreads the connections over them, and says what holds for all. Questions may come from any
/// thread.
final class Shards {
    private final List<Shard> shards;
    private final int connections;

    /// @param shards at least one
    Shards(List<Shard> shards, List<Device> devices, long seed) {
        this.shards = List.copyOf(shards);
        this.connections = spread(devices, seed);
    }

    /// Devices of one type and one site share connections, if they share at all.
    private int spread(List<Device> devices, long seed) {
        var groups = new Connections(devices).groups();
        for (int i = 0; i < groups.size(); i++) {
            var places = groups.get(i);
            shards.get(i % shards.size()).add(places.stream().map(devices::get).toList(), places, seed, devices.size());
        }
        return groups.size();
    }

    /// How many connections there are to be.
    int connections() {
        return connections;
    }

    /// Connects, evenly over a while, and calls `tick` for each shard on its own loop from then on.
    void begin(long connectOverNanos, long tickMillis, Consumer<Shard> tick) {
        for (int i = 0; i < shards.size(); i++) {
            var shard = shards.get(i);
            int first = i;
            shard.loop().execute(() -> shard.connect(first, shards.size(), connections, connectOverNanos));
            shard.loop().scheduleWithFixedDelay(() -> tick.accept(shard), 0, tickMillis, TimeUnit.MILLISECONDS);
        }
    }

    /// Does it decide for all when a phase is over?
    boolean isLeading(Shard shard) {
        return shard.equals(shards.getFirst());
    }

    /// How many connections have stood at some time.
    int everConnected() {
        return shards.stream().mapToInt(Shard::everConnected).sum();
    }

    /// When one stood last that had not before; `earliestNanos` at least.
    long latestConnectNanos(long earliestNanos) {
        long latest = earliestNanos;
        for (var shard : shards) {
            latest = Math.max(latest, shard.latestConnectNanos());
        }
        return latest;
    }

    String latestFailure() {
        return shards.getFirst().latestFailure();
    }

    boolean isAnyStanding() {
        return shards.stream().anyMatch(shard -> shard.standing() > 0);
    }

    boolean areAll(Predicate<Shard> so) {
        return shards.stream().allMatch(so);
    }

    /// Says goodbye for every device.
    void close() {
        shards.forEach(shard -> shard.loop().execute(shard::close));
    }

    /// The numbers so far; never comes when the run has ended.
    CompletableFuture<LedgerPart> part() {
        return all(Shard::part).thenApply(LedgerPart::sum);
    }

    /// How it stands; never comes when the run has ended.
    CompletableFuture<Glance> glance() {
        return all(Shard::glance).thenApply(Glance::of);
    }

    private <T> CompletableFuture<List<T>> all(Function<Shard, CompletableFuture<T>> question) {
        var answers = shards.stream().map(question).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> answers.stream().map(CompletableFuture::join).toList());
    }
}
