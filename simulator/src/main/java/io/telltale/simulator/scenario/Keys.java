package io.telltale.simulator.scenario;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

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

    /// Empty where there is none, or null.
    Optional<Value> value(String key) {
        asked.add(key);
        return Optional.ofNullable(object.get(key))
                .filter(value -> value.valueType() != ConfigValueType.NULL)
                .map(value -> new Value(path(key), value));
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /// What is wrong with the value of a key, or with its absence.
    ScenarioException refusal(String key, String expected) {
        return Optional.ofNullable(object.get(key))
                .map(value -> new Value(path(key), value).refusal(expected))
                .orElseGet(() -> refusal(object.origin(), path(key), "expected " + expected, "nothing"));
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
