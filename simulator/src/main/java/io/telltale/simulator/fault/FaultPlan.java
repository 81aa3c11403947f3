package io.telltale.simulator.fault;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// The faults of one device: one episode after another, with health between them, all drawn from one seed.
///
/// For each message call [#enter] first, then the questions. Slots count messages of the device and ascend.
/// Single-threaded.
public final class FaultPlan {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int FLAPS_EVERY = 5;

    private final SplittableRandom random;
    private final List<FaultKind> kinds;
    private final long meanHealthyMessages;
    private final Consumer<Label> labels;
    private final String device;
    private final String[] metrics;
    private final double[] spreads;

    private FaultKind kind = FaultKind.GAP;
    private int metric;
    private double size;
    private double strength;
    private long firstSlot = NEVER;
    private long lastSlot = NEVER;
    private long startMillis;
    private long latestMillis;
    private boolean hasBegun;
    private double first = Double.NaN;

    /// @param kinds those that are possible; none: the device stays well
    /// @param meanHealthyMessages how many messages lie between two faults on average; each time it is half to
    /// one and a half of it
    /// @param firstMessage slot of the first that may be in a fault
    /// @param labels hears of each fault when it is over
    /// @param metrics names by the index that [#apply] is called with
    /// @param spreads likewise; 0 for a metric that takes no faults
    public FaultPlan(
            SplittableRandom random,
            List<FaultKind> kinds,
            long meanHealthyMessages,
            long firstMessage,
            Consumer<Label> labels,
            String device,
            String[] metrics,
            double[] spreads) {
        this.random = random;
        this.meanHealthyMessages = meanHealthyMessages;
        this.labels = labels;
        this.device = device;
        this.metrics = metrics.clone();
        this.spreads = spreads.clone();
        boolean hasSpread = false;
        for (double spread : spreads) {
            hasSpread |= spread > 0;
        }
        boolean takesSeriesFaults = hasSpread;
        this.kinds = kinds.stream()
                .filter(some -> takesSeriesFaults || !some.isInOneMetric())
                .toList();
        plan(firstMessage);
    }

    /// Moves to the message `slot` with event time `millis`.
    public void enter(long slot, long millis) {
        if (slot > lastSlot) {
            finish();
            plan(slot);
        }
        if (slot >= firstSlot) {
            if (!hasBegun) {
                hasBegun = true;
                startMillis = millis;
            }
            latestMillis = millis;
        }
    }

    /// Is the message left out?
    public boolean isSilent() {
        return isIn(FaultKind.GAP);
    }

    /// Is the message kept until the episode is over?
    public boolean isLate() {
        return isIn(FaultKind.LATE);
    }

    /// Is the message kept until the next one has left?
    public boolean isOvertaken(long slot) {
        return isIn(FaultKind.OUT_OF_ORDER) && (slot - firstSlot) % 2 == 0 && slot < lastSlot;
    }

    /// Does the connection break before the message?
    public boolean isCut(long slot) {
        return isIn(FaultKind.FLAPPING) && (slot - firstSlot) % FLAPS_EVERY == 0;
    }

    /// How far the device's clock is ahead, in milliseconds.
    public long clockErrorMillis(long slot) {
        if (isIn(FaultKind.CLOCK_JUMP)) {
            return Math.round(strength * 1_000);
        }
        return isIn(FaultKind.CLOCK_SKEW) ? Math.round(strength * 1_000 * share(slot)) : 0;
    }

    /// What the device reports where the truth is `value`.
    public double apply(int index, long slot, double value) {
        if (!hasBegun || index != metric || !kind.isInOneMetric()) {
            return value;
        }
        return switch (kind) {
            case SPIKE, LEVEL_SHIFT -> value + strength;
            case DRIFT -> value + strength * share(slot);
            case NOISE_BURST -> value + strength * random.nextGaussian();
            case STUCK -> first(value);
            case DECOUPLED -> 2 * first(value) - value;
            case GAP,
                    CLOCK_SKEW,
                    CLOCK_JUMP,
                    LATE,
                    OUT_OF_ORDER,
                    FLAPPING,
                    DUPLICATE,
                    CORRUPT,
                    WRONG_TYPE,
                    SITE_OUTAGE,
                    ROLLOUT,
                    RECORDED -> value;
        };
    }

    /// The value that the episode began with.
    private double first(double value) {
        if (Double.isNaN(first)) {
            first = value;
        }
        return first;
    }

    /// Labels the fault that is under way, if any, as ended.
    public void finish() {
        if (hasBegun) {
            var name = kind.isInOneMetric() ? metrics[metric] : Label.EVERY_METRIC;
            labels.accept(new Label(device, name, kind, startMillis, latestMillis, size));
            hasBegun = false;
        }
    }

    private boolean isIn(FaultKind asked) {
        return hasBegun && kind == asked;
    }

    private double share(long slot) {
        return (double) (slot - firstSlot + 1) / (lastSlot - firstSlot + 1);
    }

    private void plan(long fromSlot) {
        if (kinds.isEmpty()) {
            return;
        }
        kind = kinds.get(random.nextInt(kinds.size()));
        if (kind.isInOneMetric()) {
            do {
                metric = random.nextInt(metrics.length);
            } while (spreads[metric] == 0);
        }
        double sign = random.nextBoolean() ? 1 : -1;
        double amount = kind.minStrength + random.nextDouble() * (kind.maxStrength - kind.minStrength);
        size = amount == 0 ? 0 : sign * amount;
        strength = size * (kind.isInOneMetric() ? spreads[metric] : 1);
        long healthy = Math.max(1, meanHealthyMessages / 2 + random.nextLong(meanHealthyMessages + 1));
        firstSlot = fromSlot + healthy;
        lastSlot = firstSlot + random.nextInt(kind.minMessages, kind.maxMessages + 1) - 1;
        first = Double.NaN;
    }
}
