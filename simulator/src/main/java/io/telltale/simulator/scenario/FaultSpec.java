package io.telltale.simulator.scenario;

import io.telltale.simulator.fault.FaultKind;
import java.time.Duration;
import java.util.List;

/// How much trouble the devices of a type make.
///
/// @param every how many healthy messages lie between two episodes of a device on average
/// @param after from the beginning of the run: no episode before; detectors have this long to learn
/// @param kinds of the episodes; none: no episodes
/// @param duplicates share of messages that repeat the one before them byte for byte
/// @param corrupt share of messages whose payload breaks off
/// @param wrongType share of messages with a text where a number belongs
public record FaultSpec(
        int every, Duration after, List<FaultKind> kinds, double duplicates, double corrupt, double wrongType) {
    private static final int DEFAULT_EVERY = 250;
    private static final double DEFAULT_DUPLICATES = 0.005;
    private static final double DEFAULT_CORRUPT = 0.001;

    public FaultSpec {
        kinds = List.copyOf(kinds);
        if (every < 1) {
            throw new IllegalArgumentException("--fault-every: expected at least 1, got " + every);
        }
    }

    /// What `--faults` means for a type that says nothing of faults.
    public static FaultSpec usual() {
        return new FaultSpec(DEFAULT_EVERY, Duration.ZERO, FaultKind.IN_SERIES, DEFAULT_DUPLICATES, DEFAULT_CORRUPT, 0);
    }

    public FaultSpec withEvery(int messages) {
        return new FaultSpec(messages, after, kinds, duplicates, corrupt, wrongType);
    }

    static FaultSpec read(Section in) {
        return new FaultSpec(
                in.whole("every", DEFAULT_EVERY, 1, Integer.MAX_VALUE),
                in.duration("after", Duration.ZERO),
                in.choices("kinds", FaultKind.class).orElse(FaultKind.IN_SERIES),
                in.number("duplicates", 0, 0, 1),
                in.number("corrupt", 0, 0, 1),
                in.number("wrong-type", 0, 0, 1));
    }
}
