package io.telltale.server.chaos.fleet;

import java.util.ArrayList;
import java.util.List;

/// What a device's sensors show at a tick, before and after corrections. Pure: the same tick and revision always show
/// the same.
final class Signal {
    private final long seed;

    Signal(long seed) {
        this.seed = seed;
    }

    List<Reading> points(int tick, int revision) {
        var readings = new ArrayList<Reading>(4);
        long dice = mix(tick, 0, 0);
        readings.add(new Reading("temperature", unit(mix(tick, revision, 1)) * 100));
        if (dice % 2 == 0) {
            readings.add(new Reading("pulses", (double) (mix(tick, revision, 2) & 0xFFFFF)));
        }
        if (dice % 5 == 0) {
            readings.add(new Reading("door", mix(tick, revision, 3) % 2 == 0));
        }
        if (dice % 50 == 0) {
            readings.add(new Reading("note", "n" + Long.toHexString(mix(tick, revision, 4))));
        }
        return readings;
    }

    /// All 53 bits of a number in `[0, 1)`, from 63.
    private static double unit(long bits) {
        return (bits >>> 10) * 0x1.0p-53;
    }

    /// Steele et al., "Fast splittable pseudorandom number generators", OOPSLA 2014: the finalizer, over a key.
    private long mix(int tick, int revision, int sensor) {
        long z = seed * 0x9E3779B97F4A7C15L + ((long) tick << 16) + ((long) revision << 8) + sensor;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) & Long.MAX_VALUE;
    }
}
