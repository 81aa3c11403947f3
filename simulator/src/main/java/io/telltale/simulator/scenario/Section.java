package io.telltale.simulator.scenario;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.telltale.simulator.signal.Draw;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// One object of a scenario file. It hands out its values by key, and refuses in the end the keys that nobody
/// asked for: they are misspelt.
final class Section {
    private final Keys keys;

    private Section(ConfigObject object, String path) {
        this.keys = new Keys(object, path);
    }

    /// Reads an object as a whole: what `reader` does not ask for is refused.
    static <T> T read(ConfigObject object, String path, Function<Section, T> reader) {
        var section = new Section(object, path);
        var result = reader.apply(section);
        section.keys.refuseUnasked();
        return result;
    }

    boolean has(String key) {
        return keys.value(key).isPresent();
    }

    double number(String key, double fallback, double min, double max) {
        return keys.value(key).map(value -> value.number(min, max)).orElse(fallback);
    }

    double number(String key, double min, double max) {
        return required(key, keys.value(key), "a number").number(min, max);
    }

    int whole(String key, int fallback, int min, int max) {
        return keys.value(key).map(value -> value.whole(min, max)).orElse(fallback);
    }

    /// A number for all, or `[low, high]` to draw from for each device.
    Optional<Draw> draw(String key, double min, double max) {
        return keys.value(key).map(value -> value.draw(min, max));
    }

    /// A number that stays, or `[from, to]` for one that changes.
    Optional<List<Double>> fromTo(String key, double min, double max) {
        return keys.value(key).map(value -> value.fromTo(min, max));
    }

    Optional<Duration> duration(String key) {
        return keys.value(key).map(Value::duration);
    }

    Duration duration(String key, Duration fallback) {
        return duration(key).orElse(fallback);
    }

    Duration requiredDuration(String key) {
        var duration = required(key, duration(key), "a time such as 500ms, 30s, 5m or 1h");
        if (duration.isZero()) {
            throw refusal(key, "a time above 0");
        }
        return duration;
    }

    Optional<String> text(String key) {
        return keys.value(key).map(Value::text);
    }

    String requiredText(String key) {
        return required(key, text(key), "a text");
    }

    /// A text that no refusal repeats.
    Optional<Secret> secret(String key) {
        return keys.value(key).map(Value::secret);
    }

    /// A file, seen from where the scenario is.
    Optional<Path> file(String key) {
        return keys.value(key).map(Value::file);
    }

    boolean flag(String key) {
        return keys.value(key).map(Value::flag).orElse(false);
    }

    /// One of the constants, written in lower case with hyphens.
    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return keys.value(key).map(value -> value.choice(type));
    }

    <E extends Enum<E>> Optional<List<E>> choices(String key, Class<E> type) {
        return keys.value(key).map(value -> value.choices(type));
    }

    Optional<List<String>> texts(String key) {
        return keys.value(key).map(Value::texts);
    }

    Optional<List<Double>> numbers(String key) {
        return keys.value(key).map(Value::numbers);
    }

    /// The objects of a list.
    <T> List<T> sections(String key, Function<Section, T> reader) {
        var results = new ArrayList<T>();
        for (var element :
                keys.value(key).<List<? extends ConfigValue>>map(Value::list).orElse(List.of())) {
            if (!(element instanceof ConfigObject object)) {
                throw refusal(key, "a list of objects");
            }
            results.add(read(object, keys.path(key) + "[" + results.size() + "]", reader));
        }
        return results;
    }

    <T> Optional<T> section(String key, Function<Section, T> reader) {
        return keys.value(key).map(value -> read(value.object(), value.path(), reader));
    }

    /// The objects of an object by name, in the order of the file.
    <T> List<T> named(String key, BiFunction<String, Section, T> reader) {
        return elements(key).stream()
                .sorted(Comparator.<Map.Entry<String, ConfigValue>>comparingInt(
                                entry -> entry.getValue().origin().lineNumber())
                        .thenComparing(Map.Entry::getKey))
                .map(entry -> {
                    var path = keys.path(key) + "." + entry.getKey();
                    var element = new Value(path, entry.getValue());
                    return read(element.object(), path, in -> reader.apply(entry.getKey(), in));
                })
                .toList();
    }

    /// Name and value of each entry of an object of plain values.
    List<Map.Entry<String, String>> entries(String key) {
        return elements(key).stream()
                .map(entry -> Map.entry(
                        entry.getKey(), String.valueOf(entry.getValue().unwrapped())))
                .sorted(Map.Entry.comparingByKey())
                .toList();
    }

    private List<Map.Entry<String, ConfigValue>> elements(String key) {
        return keys.value(key)
                .map(value -> List.copyOf(value.object().entrySet()))
                .orElse(List.of());
    }

    private <T> T required(String key, Optional<T> value, String expected) {
        return value.orElseThrow(() -> refusal(key, expected));
    }

    /// What is wrong with the value of a key, or with its absence.
    ScenarioException refusal(String key, String expected) {
        return keys.refusal(key, expected);
    }
}
