package io.telltale.simulator.scenario;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.telltale.simulator.signal.Draw;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// One value of a scenario file, which knows where it stands. Each question either has an answer or refuses the
/// value, saying what was expected.
///
/// @param path from the top of the file
record Value(String path, ConfigValue value) {
    private static final String ONLY = "value";
    private static final String TIME = "a time such as 500ms, 30s, 5m or 1h";

    double number(double min, double max) {
        return within(number(), min, max);
    }

    int whole(int min, int max) {
        double number = number(min, max);
        if (number != Math.rint(number)) {
            throw refusal("a whole number");
        }
        return (int) number;
    }

    /// A number for all, or `[low, high]` to draw from for each device.
    Draw draw(double min, double max) {
        if (!(value instanceof ConfigList list)) {
            return Draw.of(number(min, max));
        }
        if (list.size() != 2
                || !(list.get(0).unwrapped() instanceof Number low)
                || !(list.get(1).unwrapped() instanceof Number high)
                || low.doubleValue() > high.doubleValue()) {
            throw refusal("a number or [low, high]");
        }
        return new Draw(within(low.doubleValue(), min, max), within(high.doubleValue(), min, max));
    }

    /// A number that stays, or `[from, to]` for one that changes.
    List<Double> fromTo(double min, double max) {
        if (!(value instanceof ConfigList)) {
            double number = number(min, max);
            return List.of(number, number);
        }
        var ends = numbers();
        if (ends.size() != 2) {
            throw refusal("a number or [from, to]");
        }
        ends.forEach(end -> within(end, min, max));
        return ends;
    }

    List<Double> numbers() {
        return list().stream()
                .map(element -> {
                    if (element.unwrapped() instanceof Number number) {
                        return number.doubleValue();
                    }
                    throw refusal("a list of numbers");
                })
                .toList();
    }

    Duration duration() {
        try {
            var duration = value.atKey(ONLY).getDuration(ONLY);
            if (duration.isNegative()) {
                throw refusal("a time of 0 or more, such as 500ms, 30s, 5m or 1h");
            }
            return duration;
        } catch (ConfigException e) {
            throw refusal(TIME);
        }
    }

    String text() {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> String.valueOf(value.unwrapped());
            case LIST, OBJECT, NULL -> throw refusal("a text");
        };
    }

    /// A text that no refusal repeats.
    Secret secret() {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> new Secret(String.valueOf(value.unwrapped()));
            case LIST, OBJECT, NULL -> throw Keys.refusal(value.origin(), path, "expected a text", "something else");
        };
    }

    List<String> texts() {
        return list().stream()
                .map(element -> String.valueOf(element.unwrapped()))
                .toList();
    }

    /// A file, seen from where the scenario is.
    Path file() {
        var scenario = value.origin().filename();
        var path = Path.of(text());
        return scenario == null ? path : Path.of(scenario).toAbsolutePath().resolveSibling(path);
    }

    boolean flag() {
        if (value.unwrapped() instanceof Boolean isTrue) {
            return isTrue;
        }
        throw refusal("true or false");
    }

    /// One of the constants, written in lower case with hyphens.
    <E extends Enum<E>> E choice(Class<E> type) {
        return chosen(text(), type);
    }

    <E extends Enum<E>> List<E> choices(Class<E> type) {
        return texts().stream().map(text -> chosen(text, type)).toList();
    }

    private <E extends Enum<E>> E chosen(String text, Class<E> type) {
        var names = new TreeSet<String>();
        for (var constant : type.getEnumConstants()) {
            var name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(text)) {
                return constant;
            }
            names.add(name);
        }
        throw refusal("one of " + String.join(", ", names) + Spelling.hint(text, names));
    }

    List<? extends ConfigValue> list() {
        if (value instanceof ConfigList list) {
            return list;
        }
        throw refusal("a list");
    }

    ConfigObject object() {
        if (value instanceof ConfigObject object) {
            return object;
        }
        throw refusal("an object { ... }");
    }

    ScenarioException refusal(String expected) {
        return Keys.refusal(value.origin(), path, "expected " + expected, value.render(ConfigRenderOptions.concise()));
    }

    private double number() {
        try {
            return value.atKey(ONLY).getDouble(ONLY);
        } catch (ConfigException e) {
            throw refusal("a number");
        }
    }

    private double within(double number, double min, double max) {
        if (!(number >= min && number <= max)) {
            throw refusal(
                    max == Double.MAX_VALUE
                            ? "a number of at least " + plain(min)
                            : "a number from " + plain(min) + " to " + plain(max));
        }
        return number;
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
