package io.telltale.simulator.scenario;

import io.telltale.simulator.replay.Recording;
import io.telltale.simulator.replay.Recordings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A recording on its way to be sent again.
///
/// @param speed how many seconds of the recording pass in one
/// @param latestMillis of all recordings that are sent together
public record Replayed(Recording recording, double speed, long latestMillis) {
    private static final double MAX_SPEED = 1e9;

    /// One device for each recording.
    ///
    /// @throws IllegalArgumentException if a file says something that cannot be
    public static List<DeviceType> types(Path from, Optional<Path> labels, double speed) {
        if (!(speed > 0 && speed <= MAX_SPEED)) {
            throw new IllegalArgumentException("--speed: expected a number above 0, got " + speed);
        }
        var recordings = Recordings.load(from, labels);
        long latest =
                recordings.stream().mapToLong(Recording::latestMillis).max().orElseThrow();
        return recordings.stream()
                .map(recording -> DeviceType.of(new Replayed(recording, speed, latest)))
                .toList();
    }

    /// When a row is due, from the beginning of the run. A row that is older than the first is due at once.
    public long offsetNanos(int row) {
        double millis = (recording.millis()[row] - recording.millis()[0]) / speed;
        return Math.max(0, Math.round(millis * TimeUnit.MILLISECONDS.toNanos(1)));
    }

    /// How far event times are moved, where the run begins at `startMillis`: in real time the first row is now,
    /// else the latest of all, so that none is in the future.
    public long shiftMillis(long startMillis) {
        return startMillis - (speed == 1 ? recording.millis()[0] : latestMillis);
    }

    /// How long before the beginning of the run the first event time is.
    public Duration reachesBack() {
        return speed == 1
                ? Duration.ZERO
                : Duration.ofMillis(latestMillis - recording.millis()[0]);
    }

    public Duration lasts() {
        return Duration.ofNanos(Math.round(recording.spanMillis() / speed * 1e6))
                .plusMillis(1);
    }

    /// On average.
    double messagesPerSecond() {
        return recording.rows() / (lasts().toNanos() / 1e9);
    }
}
