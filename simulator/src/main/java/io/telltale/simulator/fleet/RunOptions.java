package io.telltale.simulator.fleet;

import io.telltale.simulator.scenario.DeviceType;
import io.telltale.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.Optional;

/// How a scenario is run.
///
/// @param first number of the first device
/// @param threads event loops that the connections are spread over
/// @param keepsLabels whether somebody will ask for the labels
/// @param drain how long to wait for the last acks
/// @param connectTimeout when no further device could connect for this time, the run begins with those that
/// are; with none, it fails
/// @param giveUp when no connection has stood for this time, the run ends; empty: it goes on
public record RunOptions(
        Scenario scenario,
        int first,
        int threads,
        boolean keepsLabels,
        Duration drain,
        Duration connectTimeout,
        Optional<Duration> giveUp) {
    private static final int MAX_THREADS = 64;

    public RunOptions {
        require(
                first >= 1 && first <= DeviceType.MAX_DEVICES,
                "--first: expected 1 to " + DeviceType.MAX_DEVICES + ", got " + first);
        require(threads >= 1 && threads <= MAX_THREADS, "--threads: expected 1 to " + MAX_THREADS + ", got " + threads);
        require(!drain.isNegative(), "--drain: expected a time of 0 or more, got " + drain);
        require(connectTimeout.isPositive(), "--connect-timeout: expected a time above 0, got " + connectTimeout);
        giveUp.ifPresent(time -> require(time.isPositive(), "--give-up: expected a time above 0, got " + time));
    }

    private static void require(boolean holds, String refusal) {
        if (!holds) {
            throw new IllegalArgumentException(refusal);
        }
    }
}
