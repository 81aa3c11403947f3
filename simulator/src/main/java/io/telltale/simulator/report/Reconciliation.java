package io.telltale.simulator.report;

import java.util.List;

/// What was acked, held against what the server says it has.
///
/// @param devices how many were looked at
/// @param messages distinct event times stored of them
/// @param lost acked, yet neither stored nor a dead letter
/// @param worst devices that lost something, those that lost most first, at most 20
public record Reconciliation(int devices, long messages, long deadLetters, long lost, List<Loss> worst) {
    /// A device that is not whole.
    public record Loss(String device, long acked, long stored) {}

    public Reconciliation {
        worst = List.copyOf(worst);
    }
}
