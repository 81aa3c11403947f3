package io.telltale.simulator.fleet;

import io.telltale.simulator.device.Device;
import io.telltale.simulator.scenario.DeviceType;
import io.telltale.simulator.scenario.Replayed;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// When the messages of one device are due: a cursor over an endless list of times from the beginning of the
/// run. Two cursors over the same device give the same times.
final class Arrivals {
    /// Event times are whole milliseconds, and no two of a device may be the same.
    private static final long MIN_DISTANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long NEVER = Long.MAX_VALUE;
    private static final long SALT = 0x6172_7269_7661_6c73L;

    private final Pace pace;
    private final double periodNanos;
    private final double phaseNanos;
    private final boolean isEven;
    private final SplittableRandom random;
    private final Optional<Replayed> replay;
    private double plainNanos;
    private long slot;
    private long nanos;

    /// @param phase 0 to 1: which part of a period the first message is late; spreads the devices
    Arrivals(Device device, double phase, long seed, Pace pace) {
        var type = device.identity().type();
        this.pace = pace;
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / type.messagesPerSecond();
        this.phaseNanos = phase * periodNanos;
        this.isEven = type.rhythm() == DeviceType.Rhythm.EVEN;
        this.random = new SplittableRandom(
                seed ^ SALT ^ (0x9E37_79B9_7F4A_7C15L * device.identity().number()));
        this.replay = type.replay();
        this.plainNanos = isEven ? phaseNanos : gap();
        this.nanos = replay.map(some -> some.offsetNanos(0)).orElseGet(() -> pace.nanos(plainNanos));
    }

    /// From 0.
    long slot() {
        return slot;
    }

    /// When the message that the cursor is at is due.
    long nanos() {
        return nanos;
    }

    void advance() {
        slot++;
        if (replay.isPresent()) {
            nanos = ofRow(replay.get());
            return;
        }
        plainNanos = isEven ? slot * periodNanos + phaseNanos : plainNanos + gap();
        long planned = pace.nanos(plainNanos);
        nanos = planned == NEVER ? NEVER : Math.max(planned, nanos + MIN_DISTANCE_NANOS);
    }

    private long ofRow(Replayed recorded) {
        return slot < recorded.recording().rows() ? Math.max(nanos, recorded.offsetNanos((int) slot)) : NEVER;
    }

    /// Times between the events of a Poisson process are exponential.
    private double gap() {
        return -periodNanos * Math.log(1 - random.nextDouble());
    }
}
