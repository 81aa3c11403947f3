package io.telltale.server.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Single settings of a server.
final class SetOption {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "One setting, e.g. telltale.gateway.mqtt.port=0. May be repeated; wins over file and environment.")
    private List<String> pairs = new ArrayList<>();

    List<String> pairs() {
        return pairs;
    }
}
