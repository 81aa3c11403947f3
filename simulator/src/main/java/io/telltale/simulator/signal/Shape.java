package io.telltale.simulator.signal;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// What a scenario says of a signal; each device makes its own [Signal] of it. Every random number comes from the
/// generator given, so the same seed gives the same signal. Times in milliseconds.
public sealed interface Shape {
    long DAY_MILLIS = 86_400_000L;

    /// @param random is the signal's alone
    /// @param seed of the device, for what several of its signals share
    Signal of(SplittableRandom random, long seed, Truth truth);

    /// How far values stray from their short-term mean (one sigma).
    default double spread() {
        return 0;
    }

    /// The metric that must be known first.
    default Optional<String> follows() {
        return Optional.empty();
    }

    record Constant(Draw value) implements Shape {
        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            double constant = value.from(random);
            return millis -> constant;
        }
    }

    /// The values in turn, each for a while, then from the beginning; every device at its own place.
    record Steps(List<Double> values, long eachMillis) implements Shape {
        public Steps {
            values = List.copyOf(values);
        }

        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            double[] steps = values.stream().mapToDouble(Double::doubleValue).toArray();
            long offset = random.nextLong(steps.length * eachMillis);
            return millis -> steps[(int) ((millis + offset) / eachMillis % steps.length)];
        }
    }

    /// A sine, as temperatures and household loads have.
    ///
    /// @param phase 0 to 1: which part of the period the cycle is ahead
    record Cycle(long periodMillis, Draw mean, Draw amplitude, Draw phase) implements Shape {
        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            double around = mean.from(random);
            double height = amplitude.from(random);
            double ahead = phase.from(random);
            return millis ->
                    around + height * Math.sin(2 * Math.PI * ((double) (millis % periodMillis) / periodMillis + ahead));
        }
    }

    /// One value from Monday to Friday, another on Saturday and Sunday, UTC.
    record Week(Draw workday, Draw weekend) implements Shape {
        /// 1970 began on a Thursday.
        private static final int FIRST_DAY = 3;

        private static final int SATURDAY = 5;

        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            double atWork = workday.from(random);
            double atRest = weekend.from(random);
            return millis -> (millis / DAY_MILLIS + FIRST_DAY) % 7 < SATURDAY ? atWork : atRest;
        }
    }

    /// White Gaussian noise around 0.
    record Noise(double sigma) implements Shape {
        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            return millis -> sigma * random.nextGaussian();
        }

        @Override
        public double spread() {
            return sigma;
        }
    }

    /// A walk that is pulled back, so that it wanders but never leaves: an Ornstein-Uhlenbeck process sampled
    /// at its readings, with a standard deviation of `step / sqrt(1 - (1 - pull)^2)`.
    ///
    /// @param step standard deviation of one step
    /// @param pull above 0, to 1: which share of the distance to the mean a step takes back
    record Walk(Draw mean, double step, double pull) implements Shape {
        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            return new RandomWalk(random, mean.from(random), step, pull);
        }

        @Override
        public double spread() {
            return step / Math.sqrt(1 - (1 - pull) * (1 - pull));
        }
    }

    /// A machine that runs for a share of every period: 1 while it runs, else 0.
    record Duty(Draw periodMillis, Draw share) implements Shape {
        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            long period = Math.max(1, Math.round(periodMillis.from(random)));
            long on = Math.round(period * share.from(random));
            long offset = random.nextLong(period);
            return millis -> (millis + offset) % period < on ? 1 : 0;
        }
    }

    /// Falls in a straight line from one level to another, is changed, falls again; every device at its own
    /// place.
    record Battery(long lifeMillis, double full, double empty) implements Shape {
        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            long age = random.nextLong(lifeMillis);
            return millis -> full - (full - empty) * ((double) ((millis + age) % lifeMillis) / lifeMillis);
        }
    }

    /// A counter as meters have: never falls, and grows by a random whole number at every reading.
    record Counter(Draw start, int maxStep) implements Shape {
        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            return new Count(random, (long) start.from(random), maxStep);
        }

        @Override
        public double spread() {
            // Of an even distribution over 0 to maxStep.
            return maxStep / Math.sqrt(12);
        }
    }

    /// 1 with a probability at each reading, else 0.
    record Chance(double probability) implements Shape {
        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            return millis -> random.nextDouble() < probability ? 1 : 0;
        }
    }

    /// `factor` times how far another metric is from `around`.
    record Follow(String metric, double factor, double around) implements Shape {
        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            int index = truth.indexOf(metric);
            return millis -> factor * (truth.get(index) - around);
        }

        @Override
        public Optional<String> follows() {
            return Optional.of(metric);
        }
    }

    /// One coordinate of a vehicle on a round of way points; the metrics of a device with the same `track`
    /// share it.
    record Gps(String track, Axis axis, double latitude, double longitude, double radiusKm, double speedKmh)
            implements Shape {
        public enum Axis {
            LATITUDE,
            LONGITUDE
        }

        @Override
        public Signal of(SplittableRandom random, long seed, Truth truth) {
            var round = new GpsRound(
                    new SplittableRandom(seed ^ track.hashCode()), latitude, longitude, radiusKm, speedKmh);
            return switch (axis) {
                case LATITUDE -> round::latitude;
                case LONGITUDE -> round::longitude;
            };
        }
    }
}
