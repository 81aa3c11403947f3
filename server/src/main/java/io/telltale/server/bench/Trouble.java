package io.telltale.server.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What befalls a run while its fleet sends.
@FunctionalInterface
interface Trouble {
    Trouble NONE = _ -> Map.of();

    /// A fleet of more devices than there can be connections. A million take the simulator longer to make than it
    /// usually waits for a connection.
    List<String> BEHIND_GATEWAYS = List.of("--devices-per-connection=500", "--window=1000", "--connect-timeout=1m");

    /// A fleet in which each device has a connection of its own.
    static List<String> eachByItself(Load load) {
        return List.of("--window=" + load.window());
    }

    /// Blocks as long as it lasts. The fleet may still send when it is over.
    ///
    /// @return what was found out meanwhile, by name
    Map<String, Double> befall(Stage stage) throws IOException, InterruptedException;

    /// What the fleet is told beyond its usual options.
    default List<String> fleetOptions(Load load) {
        return eachByItself(load);
    }

    /// What the server is told beyond its usual settings: `key=value`.
    default List<String> settings() {
        return List.of();
    }

    /// Whether the page watches devices that the trouble itself adds, [Stage#PROBES_FROM] and on.
    default boolean isSeenByProbes() {
        return false;
    }
}
