package io.telltale.simulator.scenario;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.telltale.simulator.signal.Draw;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/// One object of a scenario file. It hands out its values, knows where each of them stands, and refuses in the
/// end the keys that nobody asked for: they are misspelt.
final class Section {
    private final ConfigObject object;
    private final Keys keys;

    private Section(ConfigObject object, String path) {
        this.object = object;
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
        return keys.value(key) != null;
    }

    double number(String key, double fallback, double min, double max) {
        return asDouble(key).map(number -> within(key, number, min, max)).orElse(fallback);
    }

    double number(String key, double min, double max) {
        return within(key, required(key, asDouble(key), "a number"), min, max);
    }

    int whole(String key, int fallback, int min, int max) {
        double number = number(key, fallback, min, max);
        if (number != Math.rint(number)) {
            throw refusal(key, "a whole number");
        }
        return (int) number;
    }

    /// A number for all, or `[low, high]` to draw from for each device.
    Optional<Draw> draw(String key, double min, double max) {
        var value = keys.value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof ConfigList list) {
            if (list.size() != 2
                    || !(list.get(0).unwrapped() instanceof Number low)
                    || !(list.get(1).unwrapped() instanceof Number high)
                    || low.doubleValue() > high.doubleValue()) {
                throw refusal(key, "a number or [low, high]");
            }
            return Optional.of(
                    new Draw(within(key, low.doubleValue(), min, max), within(key, high.doubleValue(), min, max)));
        }
        return asDouble(key).map(number -> Draw.of(within(key, number, min, max)));
    }

    /// A number that stays, or `[from, to]` for one that changes.
    Optional<List<Double>> fromTo(String key, double min, double max) {
        if (!(keys.value(key) instanceof ConfigList)) {
            return asDouble(key).map(number -> within(key, number, min, max)).map(number -> List.of(number, number));
        }
        var ends = numbers(key);
        if (ends.isPresent() && ends.get().size() != 2) {
            throw refusal(key, "a number or [from, to]");
        }
        ends.ifPresent(both -> both.forEach(end -> within(key, end, min, max)));
        return ends;
    }

    Optional<Duration> duration(String key) {
        if (keys.value(key) == null) {
            return Optional.empty();
        }
        try {
            var duration = object.toConfig().getDuration(quoted(key));
            if (duration.isNegative()) {
                throw refusal(key, "a time of 0 or more, such as 500ms, 30s, 5m or 1h");
            }
            return Optional.of(duration);
        } catch (ConfigException e) {
            throw refusal(key, "a time such as 500ms, 30s, 5m or 1h");
        }
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
        var value = keys.value(key);
        if (value == null) {
            return Optional.empty();
        }
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> Optional.of(String.valueOf(value.unwrapped()));
            case LIST, OBJECT, NULL -> throw refusal(key, "a text");
        };
    }

    String requiredText(String key) {
        return required(key, text(key), "a text");
    }

    /// A file, seen from where the scenario is.
    Optional<Path> file(String key) {
        return text(key).map(text -> {
            var scenario = object.origin().filename();
            var path = Path.of(text);
            return scenario == null ? path : Path.of(scenario).toAbsolutePath().resolveSibling(path);
        });
    }

    boolean flag(String key) {
        var value = keys.value(key);
        if (value == null) {
            return false;
        }
        if (value.unwrapped() instanceof Boolean isTrue) {
            return isTrue;
        }
        throw refusal(key, "true or false");
    }

    /// One of the constants, written in lower case with hyphens.
    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return text(key).map(text -> chosen(key, text, type));
    }

    <E extends Enum<E>> Optional<List<E>> choices(String key, Class<E> type) {
        return texts(key)
                .map(texts ->
                        texts.stream().map(text -> chosen(key, text, type)).toList());
    }

    Optional<List<String>> texts(String key) {
        return list(key)
                .map(list -> list.stream()
                        .map(value -> String.valueOf(value.unwrapped()))
                        .toList());
    }

    Optional<List<Double>> numbers(String key) {
        return list(key)
                .map(list -> list.stream()
                        .map(value -> {
                            if (value.unwrapped() instanceof Number number) {
                                return number.doubleValue();
                            }
                            throw refusal(key, "a list of numbers");
                        })
                        .toList());
    }

    /// The objects of a list.
    <T> List<T> sections(String key, Function<Section, T> reader) {
        var results = new ArrayList<T>();
        for (var value : list(key).orElse(List.of())) {
            if (!(value instanceof ConfigObject element)) {
                throw refusal(key, "a list of objects");
            }
            results.add(read(element, keys.path(key) + "[" + results.size() + "]", reader));
        }
        return results;
    }

    <T> Optional<T> section(String key, Function<Section, T> reader) {
        return Optional.ofNullable(keys.value(key)).map(value -> read(asObject(key, value), keys.path(key), reader));
    }

    /// The objects of an object by name, in the order of the file.
    <T> List<T> named(String key, BiFunction<String, Section, T> reader) {
        var value = keys.value(key);
        if (value == null) {
            return List.of();
        }
        return asObject(key, value).entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, ConfigValue>>comparingInt(
                                entry -> entry.getValue().origin().lineNumber())
                        .thenComparing(Map.Entry::getKey))
                .map(entry -> {
                    var element = asObject(key + "." + entry.getKey(), entry.getValue());
                    return read(element, keys.path(key) + "." + entry.getKey(), in -> reader.apply(entry.getKey(), in));
                })
                .toList();
    }

    /// Name and value of each entry of an object of plain values.
    List<Map.Entry<String, String>> entries(String key) {
        var value = keys.value(key);
        return value == null
                ? List.of()
                : asObject(key, value).entrySet().stream()
                        .map(entry -> Map.entry(
                                entry.getKey(), String.valueOf(entry.getValue().unwrapped())))
                        .sorted(Map.Entry.comparingByKey())
                        .toList();
    }

    private Optional<Double> asDouble(String key) {
        var value = keys.value(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(object.toConfig().getDouble(quoted(key)));
        } catch (ConfigException e) {
            throw refusal(key, "a number");
        }
    }

    private double within(String key, double number, double min, double max) {
        if (!(number >= min && number <= max)) {
            var expected = max == Double.MAX_VALUE
                    ? "a number of at least " + plain(min)
                    : "a number from " + plain(min) + " to " + plain(max);
            throw refusal(key, expected);
        }
        return number;
    }

    private <E extends Enum<E>> E chosen(String key, String text, Class<E> type) {
        var names = new TreeSet<String>();
        for (var constant : type.getEnumConstants()) {
            var name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(text)) {
                return constant;
            }
            names.add(name);
        }
        throw refusal(key, "one of " + String.join(", ", names) + Spelling.hint(text, names));
    }

    private Optional<List<? extends ConfigValue>> list(String key) {
        var value = keys.value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof ConfigList list) {
            return Optional.of(list);
        }
        throw refusal(key, "a list");
    }

    private ConfigObject asObject(String key, ConfigValue value) {
        if (value instanceof ConfigObject inner) {
            return inner;
        }
        throw Keys.refusal(
                value.origin(),
                keys.path(key),
                "expected an object { ... }",
                value.render(ConfigRenderOptions.concise()));
    }

    private <T> T required(String key, Optional<T> value, String expected) {
        return value.orElseThrow(() -> refusal(key, expected));
    }

    /// What is wrong with the value of a key, or with its absence.
    ScenarioException refusal(String key, String expected) {
        return keys.refusal(key, expected);
    }

    private static String quoted(String key) {
        return ConfigUtil.quoteString(key);
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
