package io.telltale.simulator.device;

import io.telltale.simulator.report.MessageKind;
import io.telltale.simulator.scenario.FaultSpec;
import java.util.SplittableRandom;

/// Draws for each message of a device whether something goes wrong with it alone.
final class Mishaps {
    private final SplittableRandom random;
    private final FaultSpec shares;
    private final int metrics;
    private int wrongType = -1;

    Mishaps(SplittableRandom random, FaultSpec shares, int metrics) {
        this.random = random;
        this.shares = shares;
        this.metrics = metrics;
    }

    boolean repeats() {
        return shares.duplicates() > 0;
    }

    /// @param canRepeat whether there was a message before
    MessageKind draw(boolean canRepeat) {
        double lot = random.nextDouble();
        wrongType = -1;
        if (lot < shares.corrupt()) {
            return MessageKind.MALFORMED;
        }
        lot -= shares.corrupt();
        if (lot < shares.duplicates() && canRepeat) {
            return MessageKind.DUPLICATE;
        }
        lot -= shares.duplicates();
        if (lot >= 0 && lot < shares.wrongType()) {
            wrongType = random.nextInt(metrics);
        }
        return MessageKind.TELEMETRY;
    }

    /// Index of the value that is a text in the message drawn last; -1: none.
    int wrongType() {
        return wrongType;
    }
}
