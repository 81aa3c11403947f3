package io.telltale.simulator.fault;

import java.util.Arrays;
import java.util.List;

/// What can go wrong.
///
/// The numbers are how many messages an episode lasts, and how strong it is: in a series in spreads (sigmas) of
/// its metric, in a clock in seconds.
public enum FaultKind {
    /// One value far off.
    SPIKE(Reach.SERIES, 1, 1, 8, 20),
    /// Values leave in a straight line, reach full strength at the end, then are right again.
    DRIFT(Reach.SERIES, 60, 200, 6, 12),
    /// Values are off by a constant.
    LEVEL_SHIFT(Reach.SERIES, 50, 150, 6, 12),
    /// The first value is repeated.
    STUCK(Reach.SERIES, 30, 100, 0, 0),
    /// Values are right on average, but scatter.
    NOISE_BURST(Reach.SERIES, 30, 80, 4, 8),
    /// Values go the other way: as far below the first one as they should be above. What went along with them does
    /// so no more.
    DECOUPLED(Reach.SERIES, 60, 200, 0, 0),
    /// The device says nothing: no metric has values.
    GAP(Reach.DEVICE, 20, 60, 0, 0),
    /// The device's clock runs ever further off, then is set right.
    CLOCK_SKEW(Reach.DEVICE, 60, 200, 5, 60),
    /// The device's clock is off by a constant.
    CLOCK_JUMP(Reach.DEVICE, 50, 150, 30, 200),
    /// Messages are kept and delivered together at the end.
    LATE(Reach.DEVICE, 20, 60, 0, 0),
    /// Every second message overtakes the one before it.
    OUT_OF_ORDER(Reach.DEVICE, 20, 60, 0, 0),
    /// The connection breaks after every few messages.
    FLAPPING(Reach.DEVICE, 20, 60, 0, 0),
    /// A message repeats the one before it, byte for byte.
    DUPLICATE(Reach.MESSAGE, 1, 1, 0, 0),
    /// The payload breaks off.
    CORRUPT(Reach.MESSAGE, 1, 1, 0, 0),
    /// A text stands where a number belongs.
    WRONG_TYPE(Reach.MESSAGE, 1, 1, 0, 0),
    /// The device's site is without power.
    SITE_OUTAGE(Reach.FLEET, 0, 0, 0, 0),
    /// The device says things differently from here on.
    ROLLOUT(Reach.FLEET, 0, 0, 0, 0),
    /// Somebody has labelled a recording so.
    RECORDED(Reach.FLEET, 0, 0, 0, 0);

    private enum Reach {
        SERIES,
        DEVICE,
        MESSAGE,
        FLEET
    }

    /// What a detector is to find in a series, and silence.
    public static final List<FaultKind> IN_SERIES = List.of(SPIKE, DRIFT, LEVEL_SHIFT, STUCK, NOISE_BURST, GAP);

    private final Reach reach;
    final int minMessages;
    final int maxMessages;
    final double minStrength;
    final double maxStrength;

    FaultKind(Reach reach, int minMessages, int maxMessages, double minStrength, double maxStrength) {
        this.reach = reach;
        this.minMessages = minMessages;
        this.maxMessages = maxMessages;
        this.minStrength = minStrength;
        this.maxStrength = maxStrength;
    }

    /// Does it last for a while, in one device?
    public boolean isEpisode() {
        return isInOneMetric() || reach == Reach.DEVICE;
    }

    boolean isInOneMetric() {
        return reach == Reach.SERIES;
    }

    /// Those that last for a while, in one device.
    public static List<FaultKind> episodes() {
        return Arrays.stream(values()).filter(FaultKind::isEpisode).toList();
    }
}
