package io.telltale.server.cli;

import com.typesafe.config.Config;
import io.telltale.server.settings.SettingSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of every command that runs a server.
final class SettingOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in HOCON; docs/configuration.md lists them.")
    private @Nullable Path file;

    @Mixin
    private final SetOption sets = new SetOption();

    /// @param defaults a command's own `key=value` pairs, which the user's win over
    Config load(List<String> defaults) {
        var all = new ArrayList<String>();
        Optional.ofNullable(System.getProperty("telltale.home")).ifPresent(home -> all.add("telltale.home=" + home));
        all.addAll(defaults);
        all.addAll(sets.pairs());
        return new SettingSources().load(Optional.ofNullable(file), all, System.getenv());
    }
}
