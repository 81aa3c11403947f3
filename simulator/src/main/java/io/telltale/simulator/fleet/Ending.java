package io.telltale.simulator.fleet;

import io.telltale.simulator.report.LoadReport;
import java.util.List;

/// How a run ended.
public sealed interface Ending {
    /// The duration was over or somebody stopped it.
    ///
    /// @param deviceIds by their place in the fleet, `telemetryAcked` likewise: distinct well-formed messages acked
    record Finished(LoadReport report, List<String> deviceIds, long[] telemetryAcked) implements Ending {}

    /// Not one device ever connected.
    record Unreachable(String reason) implements Ending {}
}
