package io.telltale.simulator.fleet;

import java.util.concurrent.TimeUnit;

/// Who is due when: every device once in each period, each at its own phase, evenly over the period. So the devices
/// are due in a ring, and what comes next is known without a queue. A cursor over an endless list of turns; all
/// times from the start of the run.
final class Schedule {
    private final int devices;
    private final long periodNanos;
    private long slot;
    private int device;

    Schedule(int devices, double messagesPerSecond) {
        this.devices = devices;
        this.periodNanos = Math.round(devices * (double) TimeUnit.SECONDS.toNanos(1) / messagesPerSecond);
    }

    /// When the turn that the cursor is at is due.
    long nanos() {
        return nanos(slot, device);
    }

    /// The place in the fleet of the device whose turn it is.
    int device() {
        return device;
    }

    void advance() {
        if (++device == devices) {
            device = 0;
            slot++;
        }
    }

    /// When a device is due for its `slot`-th time, from 0.
    long nanos(long ofSlot, int ofDevice) {
        return ofSlot * periodNanos + (long) ((double) ofDevice / devices * periodNanos);
    }
}
