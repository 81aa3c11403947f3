package io.telltale.simulator.fleet;

import io.telltale.simulator.report.Accounts;
import io.telltale.simulator.report.RunReport;
import java.util.List;

/// How a run ended.
public sealed interface Ending {
    /// The duration was over, somebody stopped it, or the server was gone.
    ///
    /// @param devices in the order of the fleet
    /// @param hasGivenUp whether it ended because no connection stood for too long
    record Finished(RunReport report, List<Accounts.Account> devices, boolean hasGivenUp) implements Ending {
        public Finished {
            devices = List.copyOf(devices);
        }
    }

    /// Not one device ever connected.
    record Unreachable(String reason) implements Ending {}
}
