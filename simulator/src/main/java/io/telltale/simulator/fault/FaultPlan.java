package io.telltale.simulator.fault;

import java.util.SplittableRandom;

/// The faults of one device: one episode after another, with health between them, all drawn from one seed.
///
/// For each message call [#enter] first, then [#isSilent] and [#apply]. Slots count messages of the device and
/// ascend. Single-threaded.
public final class FaultPlan {
    private static final FaultKind[] KINDS = FaultKind.values();

    private final SplittableRandom random;
    private final Faults faults;
    private final String device;
    private final String[] metrics;
    private final double[] spreads;

    private FaultKind kind = FaultKind.SPIKE;
    private int metric;
    private double strength;
    private long firstSlot;
    private long lastSlot;
    private long startMillis;
    private long latestMillis;
    private boolean hasBegun;
    private double stuckAt = Double.NaN;

    /// @param metrics names by the index that [#apply] is called with
    /// @param spreads likewise; 0 for a metric that takes no faults, above 0 for at least one
    public FaultPlan(SplittableRandom random, Faults faults, String device, String[] metrics, double[] spreads) {
        this.random = random;
        this.faults = faults;
        this.device = device;
        this.metrics = metrics.clone();
        this.spreads = spreads.clone();
        plan(0);
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
        return hasBegun && kind == FaultKind.GAP;
    }

    /// What the device reports where the truth is `value`.
    public double apply(int index, long slot, double value) {
        if (!hasBegun || index != metric) {
            return value;
        }
        return switch (kind) {
            case SPIKE, LEVEL_SHIFT -> value + strength;
            case DRIFT -> value + strength * (slot - firstSlot + 1) / (lastSlot - firstSlot + 1);
            case NOISE_BURST -> value + strength * random.nextGaussian();
            case STUCK -> {
                if (Double.isNaN(stuckAt)) {
                    stuckAt = value;
                }
                yield stuckAt;
            }
            case GAP -> value;
        };
    }

    /// Labels the fault that is under way, if any, as ended.
    public void finish() {
        if (hasBegun) {
            var name = kind == FaultKind.GAP ? Label.EVERY_METRIC : metrics[metric];
            faults.labels().accept(new Label(device, name, kind, startMillis, latestMillis));
            hasBegun = false;
        }
    }

    private void plan(long fromSlot) {
        kind = KINDS[random.nextInt(KINDS.length)];
        do {
            metric = random.nextInt(metrics.length);
        } while (spreads[metric] == 0);
        double sign = random.nextBoolean() ? 1 : -1;
        double spreadsOff = kind.minStrength + random.nextDouble() * (kind.maxStrength - kind.minStrength);
        strength = sign * spreadsOff * spreads[metric];
        long mean = faults.meanHealthyMessages();
        long healthy = Math.max(1, mean / 2 + random.nextLong(mean + 1));
        firstSlot = fromSlot + healthy;
        lastSlot = firstSlot + random.nextInt(kind.minMessages, kind.maxMessages + 1) - 1;
        stuckAt = Double.NaN;
    }
}
