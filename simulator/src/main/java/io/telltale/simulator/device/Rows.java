package io.telltale.simulator.device;

import io.telltale.simulator.replay.Recording;

/// A device that says what was recorded: a row each slot, with its own time, moved as a whole.
final class Rows implements Readings {
    private final Recording recording;
    private final long shiftMillis;

    Rows(Recording recording, long shiftMillis) {
        this.recording = recording;
        this.shiftMillis = shiftMillis;
    }

    @Override
    public void sample(long slot, long millis, double[] values) {
        var row = recording.values()[(int) slot];
        System.arraycopy(row, 0, values, 0, values.length);
    }

    @Override
    public long eventMillis(long slot, long millis) {
        return recording.millis()[(int) slot] + shiftMillis;
    }
}
