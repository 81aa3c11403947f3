package io.telltale.simulator.fleet;

import io.telltale.simulator.device.PayloadKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What a run is to be.
///
/// @param first number of the first device
/// @param messagesPerSecond of all devices together
/// @param duration how long to send; empty: until stopped
/// @param qos 0 or 1
/// @param window how many messages of a device may wait for their PUBACK
/// @param faultEvery with faults: how many messages lie between two faults of a device on average
/// @param drain how long to wait for the last acks
/// @param connectTimeout when no further device could connect for this time, the run begins with those that are; with
/// none, it fails
public record FleetOptions(
        String host,
        int port,
        int first,
        int devices,
        double messagesPerSecond,
        Optional<Duration> duration,
        long seed,
        PayloadKind payload,
        int qos,
        int window,
        boolean hasFaults,
        int faultEvery,
        Optional<Path> labels,
        Duration drain,
        Duration connectTimeout) {
    public static final int MAX_DEVICES = 1_000_000;
    /// Event times are whole milliseconds, and no two of a device may be the same.
    public static final double MAX_RATE_OF_A_DEVICE = 1_000;

    private static final double MIN_RATE_OF_A_DEVICE = 1.0 / 86_400;
    private static final int MAX_WINDOW = 65_535;

    public FleetOptions {
        require(!host.isBlank(), "--host: expected a name or address, got nothing");
        require(port >= 1 && port <= 65_535, "--port: expected 1 to 65535, got " + port);
        require(first >= 1 && first <= MAX_DEVICES, "--first: expected 1 to " + MAX_DEVICES + ", got " + first);
        require(devices >= 1 && devices <= MAX_DEVICES, "--devices: expected 1 to " + MAX_DEVICES + ", got " + devices);
        require(
                messagesPerSecond >= devices * MIN_RATE_OF_A_DEVICE
                        && messagesPerSecond <= devices * MAX_RATE_OF_A_DEVICE,
                "--rate: expected one message a day to 1000 a second per device, which is up to "
                        + Math.round(devices * MAX_RATE_OF_A_DEVICE) + " messages/s for " + devices + " devices, got "
                        + messagesPerSecond);
        duration.ifPresent(time -> requirePositive("--duration", time));
        require(qos == 0 || qos == 1, "--qos: expected 0 or 1, got " + qos);
        require(window >= 1 && window <= MAX_WINDOW, "--window: expected 1 to " + MAX_WINDOW + ", got " + window);
        require(faultEvery >= 1, "--fault-every: expected at least 1, got " + faultEvery);
        require(labels.isEmpty() || hasFaults, "--labels: there is nothing to label without --faults");
        require(!drain.isNegative(), "--drain: expected a time of 0 or more, got " + drain);
        requirePositive("--connect-timeout", connectTimeout);
    }

    private static void requirePositive(String option, Duration time) {
        require(time.isPositive(), option + ": expected a time above 0, got " + time);
    }

    private static void require(boolean holds, String refusal) {
        if (!holds) {
            throw new IllegalArgumentException(refusal);
        }
    }
}
