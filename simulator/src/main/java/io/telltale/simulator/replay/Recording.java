package io.telltale.simulator.replay;

import java.util.List;

/// The rows of one file: times in milliseconds since 1970 in the order of the file, which need not ascend, and
/// the values of each column at each of them. What is no number is NaN and is not sent.
///
/// @param decimals how many each column has at most
/// @param windows first and last time of what is labelled as an anomaly
public record Recording(
        String name,
        List<String> columns,
        List<Integer> decimals,
        long[] millis,
        double[][] values,
        List<Window> windows) {
    /// What somebody has labelled, both ends included.
    public record Window(long startMillis, long endMillis) {}

    public Recording {
        columns = List.copyOf(columns);
        decimals = List.copyOf(decimals);
        windows = List.copyOf(windows);
    }

    public int rows() {
        return millis.length;
    }

    public long latestMillis() {
        long latest = millis[0];
        for (long time : millis) {
            latest = Math.max(latest, time);
        }
        return latest;
    }

    /// How far the rows reach, 0 for a single one.
    public long spanMillis() {
        return latestMillis() - millis[0];
    }
}
