package io.telltale.server.chaos;

import io.telltale.server.chaos.Disturbance.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// When what is done to whom: a function of the seed alone.
///
/// Kills and restarts are dealt from a deck, so that every kind comes about equally often, one in each equal slice of
/// the time, somewhere inside it. Milder blows lie anywhere between. Slices may be shorter than a start takes: then
/// a server is killed that is only just recovering.
record ChaosPlan(List<Disturbance> disturbances) {
    private static final List<Kind> DECK = List.of(
            Kind.KILL_SERVER,
            Kind.KILL_STORE,
            Kind.RESTART_BROKER,
            Kind.KILL_SERVER,
            Kind.RESTART_BROKER,
            Kind.RESTART_SERVER,
            Kind.KILL_STORE);
    private static final List<Kind> MILD =
            List.of(Kind.CUT, Kind.PAUSE_SERVER, Kind.CUT, Kind.PAUSE_STORE, Kind.SLOW, Kind.CUT);
    private static final long MAX_DOWN_MILLIS = 2_000;
    private static final long MIN_PAUSE_MILLIS = 1_000;
    private static final long MAX_PAUSE_MILLIS = 8_000;

    ChaosPlan {
        disturbances = List.copyOf(disturbances);
    }

    /// @param kills of servers, stores and brokers together; milder blows come on top, as many again
    static ChaosPlan of(long seed, Duration duration, int kills) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var all = new ArrayList<Disturbance>();
        all.addAll(spread(random, duration.toMillis(), shuffled(random, DECK, kills)));
        all.addAll(spread(random, duration.toMillis(), shuffled(random, MILD, kills)));
        all.sort(Comparator.comparingLong(Disturbance::atMillis));
        return new ChaosPlan(all);
    }

    private static List<Kind> shuffled(RandomGenerator random, List<Kind> deck, int number) {
        var kinds = new ArrayList<Kind>();
        for (int i = 0; i < number; i++) {
            kinds.add(deck.get(i % deck.size()));
        }
        for (int i = kinds.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            kinds.set(i, kinds.set(other, kinds.get(i)));
        }
        return kinds;
    }

    private static List<Disturbance> spread(RandomGenerator random, long millis, List<Kind> kinds) {
        var all = new ArrayList<Disturbance>();
        var dealt = new EnumMap<Kind, Integer>(Kind.class);
        for (int i = 0; i < kinds.size(); i++) {
            long at = (long) ((i + random.nextDouble()) * millis / kinds.size());
            var kind = kinds.get(i);
            long lasts = kind.isKill()
                    ? random.nextLong(MAX_DOWN_MILLIS)
                    : random.nextLong(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS);
            all.add(new Disturbance(at, kind, lasts, dealt.merge(kind, 1, Integer::sum)));
        }
        return all;
    }

    long kills() {
        return disturbances.stream().filter(each -> each.kind().isKill()).count();
    }
}
