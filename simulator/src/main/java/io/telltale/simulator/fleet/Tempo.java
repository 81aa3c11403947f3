package io.telltale.simulator.fleet;

/// How the clocks of the devices run against ours: at `speed` 60 a minute of theirs passes in a second.
record Tempo(double speed) {
    private static final long NEVER = Long.MAX_VALUE;

    /// What passes for the devices while `nanos` pass here.
    long ofDevices(long nanos) {
        return speed == 1 ? nanos : Math.round(nanos * speed);
    }

    /// How long it takes here until `nanos` have passed for the devices.
    long ofOurs(long nanos) {
        return speed == 1 || nanos == NEVER ? nanos : Math.round(nanos / speed);
    }

    long[] ofOurs(long[] nanos) {
        var ours = new long[nanos.length];
        for (int i = 0; i < nanos.length; i++) {
            ours[i] = ofOurs(nanos[i]);
        }
        return ours;
    }
}
