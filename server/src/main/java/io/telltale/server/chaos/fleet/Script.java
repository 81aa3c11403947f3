package io.telltale.server.chaos.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Everything one device will ever say, in the order in which it says it: a function of the seed and the device's
/// number.
///
/// The device measures at equal steps, about as often as it speaks; each measurement is a _tick_. Most ticks are said
/// once and in order. Some are
/// said
/// twice, some after later ones but within [#MAX_DISORDER], some are corrected once or twice, and, if asked for, some
/// are said so late that their windows are long closed. The last tick lies just before the end of an hour, so that
/// a little silence closes every window.
public final class Script {
    /// How far a point may be behind a newer one and not be meant to be late.
    public static final Duration MAX_DISORDER = Duration.ofSeconds(10);

    private static final long FIRST_END_MILLIS =
            Instant.parse("2025-06-02T00:00:00Z").toEpochMilli();
    private static final long BEFORE_END_MILLIS = 2_500;
    private static final long HOUR_MILLIS = 3_600_000;
    /// How fast the device's clock runs beside ours: some were away for a while and have much to tell.
    private static final double[] PACES = {0.5, 1, 1, 1, 1.5};

    private static final double[] PACES_WITH_LATE = {0.5, 1, 1, 5, 50};

    private final String device;
    private final Signal signal;
    private final long stepMillis;
    private final long endMillis;
    private final int[] ticks;
    private final byte[] revisions;
    private final byte[] lastRevisions;

    private record Saying(double position, int tick, int revision) {}

    /// @param number of the device in its fleet
    /// @param messages how many it says, repetitions and corrections included
    /// @param span how long that takes
    /// @param lateBy how late late points are at least; zero for none
    public Script(long seed, int number, int messages, Duration span, Duration lateBy) {
        device = "chaos-%04d".formatted(number);
        signal = new Signal(seed * 1_000_003 + number);
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + number);
        var paces = lateBy.isZero() ? PACES : PACES_WITH_LATE;
        double pace = paces[random.nextInt(paces.length)];
        stepMillis = Math.max(1, Math.round(pace * span.toMillis() / Math.max(1, messages)));
        endMillis = FIRST_END_MILLIS + number % 3 * HOUR_MILLIS - BEFORE_END_MILLIS;

        var sayings = sayings(random, messages, lateBy.toMillis());
        ticks = sayings.stream().mapToInt(Saying::tick).toArray();
        revisions = new byte[ticks.length];
        lastRevisions = new byte[sayings.stream().mapToInt(Saying::tick).max().orElse(-1) + 1];
        for (int i = 0; i < ticks.length; i++) {
            revisions[i] = (byte) sayings.get(i).revision();
            lastRevisions[ticks[i]] = (byte) Math.max(lastRevisions[ticks[i]], revisions[i]);
        }
    }

    private List<Saying> sayings(RandomGenerator random, int messages, long lateMillis) {
        var all = new ArrayList<Saying>();
        for (int tick = 0; all.size() < messages; tick++) {
            int left = messages - all.size();
            double kind = random.nextDouble();
            double disorder = disorder(random);
            all.add(new Saying(kind < 0.10 ? tick + disorder : tick, tick, 0));
            if (kind >= 0.10 && kind < 0.14 && left > 1) {
                all.add(new Saying(tick + disorder, tick, 0));
            } else if (kind >= 0.14 && kind < 0.17 && left > 2) {
                all.add(new Saying(tick + disorder / 2, tick, 1));
                if (kind < 0.15) {
                    all.add(new Saying(tick + disorder, tick, 2));
                }
            } else if (kind >= 0.17 && kind < 0.18 && lateMillis > 0) {
                all.removeLast();
                double late = (lateMillis + random.nextDouble() * lateMillis) / stepMillis;
                all.add(new Saying(tick + late + 1, tick, 0));
            }
        }
        all.sort(Comparator.comparingDouble(Saying::position)
                .thenComparingInt(Saying::tick)
                .thenComparingInt(Saying::revision));
        return all;
    }

    /// In ticks, above 0.
    private double disorder(RandomGenerator random) {
        return Math.nextUp(random.nextDouble()) * Math.max(1, MAX_DISORDER.toMillis() / stepMillis - 1);
    }

    public String device() {
        return device;
    }

    /// How many messages there are.
    public int size() {
        return ticks.length;
    }

    /// Whether the message corrects an earlier one. "The last one counts" means something only when the earlier one
    /// was acked before.
    boolean isCorrection(int message) {
        return revisions[message] > 0;
    }

    byte[] payload(int message) {
        return Payload.of(timeMillis(ticks[message]), signal.points(ticks[message], revisions[message]), message);
    }

    /// How many different ticks there are. Each is said at least once.
    public int ticks() {
        return lastRevisions.length;
    }

    /// Which tick a message speaks of.
    public int tick(int message) {
        return ticks[message];
    }

    public long timeMillis(int tick) {
        return endMillis - (lastRevisions.length - 1L - tick) * stepMillis;
    }

    /// The tick's values after every correction.
    public List<Reading> readings(int tick) {
        return signal.points(tick, lastRevisions[tick]);
    }
}
