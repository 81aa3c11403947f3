package io.telltale.simulator.device;

import io.telltale.simulator.fault.FaultKind;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.replay.Recording;
import io.telltale.simulator.scenario.Replayed;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A device that says what was recorded: a row each slot, with the row's time, moved as a whole.
final class Rows implements Readings {
    private final String device;
    private final Replayed replay;
    private final Recording recording;
    private final Consumer<Label> labels;
    private long latestMillis = Long.MIN_VALUE;
    private boolean isOdd;
    private int nextWindow;
    private long shiftMillis;

    Rows(String device, Replayed replay, Consumer<Label> labels) {
        this.device = device;
        this.replay = replay;
        this.recording = replay.recording();
        this.labels = labels;
    }

    @Override
    public void sample(long slot, long millis, double[] values) {
        var row = recording.values()[(int) slot];
        System.arraycopy(row, 0, values, 0, values.length);
        // A time that has been before makes no message of its own, and of one that is older nobody can tell.
        isOdd = millis <= latestMillis;
        latestMillis = Math.max(latestMillis, millis);
        while (hasWindow() && recording.windows().get(nextWindow).endMillis() + shiftMillis <= millis) {
            label(recording.windows().get(nextWindow).endMillis() + shiftMillis);
        }
    }

    @Override
    public long eventMillis(long slot, long millis) {
        int row = (int) slot;
        shiftMillis = replay.shiftMillis(millis - TimeUnit.NANOSECONDS.toMillis(replay.offsetNanos(row)));
        return recording.millis()[row] + shiftMillis;
    }

    @Override
    public boolean isOdd() {
        return isOdd;
    }

    /// A window that the run has only begun ends with it.
    @Override
    public void finish() {
        if (hasWindow() && recording.windows().get(nextWindow).startMillis() + shiftMillis <= latestMillis) {
            label(latestMillis);
        }
    }

    private boolean hasWindow() {
        return nextWindow < recording.windows().size();
    }

    private void label(long endMillis) {
        var window = recording.windows().get(nextWindow++);
        labels.accept(new Label(
                device, Label.EVERY_METRIC, FaultKind.RECORDED, window.startMillis() + shiftMillis, endMillis));
    }
}
