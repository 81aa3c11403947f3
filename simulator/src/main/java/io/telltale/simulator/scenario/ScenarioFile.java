package io.telltale.simulator.scenario;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Where scenarios come from: a file, or one of those that come with the simulator, by name.
public final class ScenarioFile {
    private ScenarioFile() {}

    /// @param name of a file, or of a scenario that comes with the simulator
    /// @throws ScenarioException if there is none, or it says something that cannot be
    public static Scenario load(String name) {
        var file = Path.of(name);
        if (Files.isRegularFile(file)) {
            return read(() -> ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF)));
        }
        var resource = "scenarios/" + name + ".conf";
        if (ScenarioFile.class.getClassLoader().getResource(resource) == null) {
            throw new ScenarioException("no scenario '" + name + "': neither a file, nor one that comes along");
        }
        return read(() -> ConfigFactory.parseResources(
                ScenarioFile.class.getClassLoader(), resource, ConfigParseOptions.defaults()));
    }

    static Scenario read(Supplier<Config> source) {
        try {
            return Section.read(source.get().resolve().root(), "", ScenarioReader::read);
        } catch (ConfigException e) {
            throw new ScenarioException(String.valueOf(e.getMessage()));
        }
    }
}
