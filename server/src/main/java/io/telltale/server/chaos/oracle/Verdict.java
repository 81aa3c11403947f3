package io.telltale.server.chaos.oracle;

import java.util.ArrayList;
import java.util.List;

/// How the store differs from what must be there.
///
/// @param messages in the scripts
/// @param lost messages of which a point is missing
/// @param duplicated points that are there more than once
/// @param unexpected points that nobody sent
/// @param wrongPoints with another value than the last that was sent
/// @param windows that must be there
/// @param wrongWindows missing, surplus, or with other contents
/// @param anomalies that were found
/// @param wrongAnomalies of which there is no point, or that are there more than once. Which are found depends on the
/// order of arrival, so none can be missing
/// @param differences the first of all these, a line each
public record Verdict(
        long messages,
        long lost,
        long duplicated,
        long unexpected,
        long wrongPoints,
        long windows,
        long wrongWindows,
        long anomalies,
        long wrongAnomalies,
        List<String> differences) {
    public Verdict {
        differences = List.copyOf(differences);
    }

    public boolean isGood() {
        return lost + duplicated + unexpected + wrongPoints + wrongWindows + wrongAnomalies == 0;
    }

    /// Counts up while devices are compared.
    static final class Tally {
        private static final int SHOWN = 20;

        long messages;
        long lost;
        long duplicated;
        long unexpected;
        long wrongPoints;
        long windows;
        long wrongWindows;
        long anomalies;
        long wrongAnomalies;
        private final List<String> differences = new ArrayList<>();

        void show(String difference) {
            if (differences.size() < SHOWN) {
                differences.add(difference);
            }
        }

        Verdict verdict() {
            return new Verdict(
                    messages,
                    lost,
                    duplicated,
                    unexpected,
                    wrongPoints,
                    windows,
                    wrongWindows,
                    anomalies,
                    wrongAnomalies,
                    differences);
        }
    }
}
