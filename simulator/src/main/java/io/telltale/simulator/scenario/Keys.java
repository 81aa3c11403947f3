package io.telltale.simulator.scenario;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The keys of one object of a scenario file: remembers which were asked for, and says where each stands when
/// something is wrong with it.
final class Keys {
    private final ConfigObject object;
    private final String path;
    private final SortedSet<String> asked = new TreeSet<>();

    /// @param path from the top of the file, empty there
    Keys(ConfigObject object, String path) {
        this.object = object;
        this.path = path;
    }

    /// Nothing where there is none, or null.
    @Nullable
    ConfigValue value(String key) {
        asked.add(key);
        var value = object.get(key);
        return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /// What is wrong with the value of a key, or with its absence.
    ScenarioException refusal(String key, String expected) {
        var value = object.get(key);
        var got = value == null ? "nothing" : value.render(ConfigRenderOptions.concise());
        return refusal(value == null ? object.origin() : value.origin(), path(key), "expected " + expected, got);
    }

    static ScenarioException refusal(ConfigOrigin origin, String path, String expected, String got) {
        return new ScenarioException(place(origin) + path + ": " + expected + ", got " + got);
    }

    private static String place(ConfigOrigin origin) {
        var file = origin.filename() != null ? origin.filename() : origin.resource();
        var name = file == null ? origin.description() : Path.of(file).getFileName();
        return origin.lineNumber() > 0 ? name + ":" + origin.lineNumber() + ": " : name + ": ";
    }

    /// What nobody asked for is misspelt.
    void refuseUnasked() {
        for (var entry : object.entrySet()) {
            if (!asked.contains(entry.getKey())) {
                var hint = Spelling.nearest(entry.getKey(), asked)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElseGet(() -> "expected one of " + String.join(", ", asked));
                throw new ScenarioException(
                        place(entry.getValue().origin()) + path(entry.getKey()) + ": unknown key, " + hint);
            }
        }
    }
}
