package io.telltale.server.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The layers a setting can come from. Later wins: the modules' `reference.conf`, the server's `application.conf`,
/// the file of `--config`, the environment, `--set`.
///
/// Under `telltale` only keys that some `reference.conf` declares are taken; anything else is refused with the
/// nearest key there is, so that a misspelt key cannot be mistaken for a setting.
public final class SettingSources {
    private static final String ROOT = "telltale";

    private final Config defaults;
    private final Map<String, ConfigValueType> known;

    public SettingSources() {
        defaults = ConfigFactory.parseResources("application.conf")
                .withFallback(ConfigFactory.defaultReferenceUnresolved());
        known = new TreeMap<>();
        defaults.resolve()
                .getConfig(ROOT)
                .entrySet()
                .forEach(entry ->
                        known.put(ROOT + "." + entry.getKey(), entry.getValue().valueType()));
    }

    /// @param file a HOCON file
    /// @param sets `key=value`, keys in full: `telltale.gateway.mqtt.port=0`
    /// @param environment of the process; `TELLTALE_GATEWAY_MQTT_PORT` sets `telltale.gateway.mqtt.port`
    /// @throws IllegalArgumentException naming the key, file or variable that is wrong
    public Config load(Optional<Path> file, List<String> sets, Map<String, String> environment) {
        Config fromFile = file.map(this::read).orElseGet(ConfigFactory::empty);
        refuseUnknown(fromFile, file.map(Path::toString).orElse(""));
        Config loaded = ConfigFactory.empty();
        for (String set : sets) {
            loaded = fromSet(set).withFallback(loaded);
        }
        loaded = loaded.withFallback(fromEnvironment(environment))
                .withFallback(fromFile)
                .withFallback(defaults);
        try {
            return loaded.resolve();
        } catch (ConfigException e) {
            throw new IllegalArgumentException("settings: " + e.getMessage(), e);
        }
    }

    /// Every key with its default, for the documentation's test.
    public Map<String, ConfigValueType> knownKeys() {
        return Map.copyOf(known);
    }

    private Config read(Path file) {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("--config: cannot read " + file.toAbsolutePath());
        }
        try {
            return ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        } catch (ConfigException e) {
            throw new IllegalArgumentException("--config: " + e.getMessage(), e);
        }
    }

    private void refuseUnknown(Config config, String source) {
        if (!config.hasPath(ROOT)) {
            return;
        }
        Config resolvable = config.withFallback(defaults).resolve();
        config.root().withOnlyKey(ROOT).toConfig().resolveWith(resolvable).getConfig(ROOT).entrySet().stream()
                .map(entry -> ROOT + "." + entry.getKey())
                .filter(key -> !known.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(unknown(key) + " (in " + source + ")");
                });
    }

    private Config fromSet(String set) {
        int equals = set.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("--set: expected key=value, got '" + set + "'");
        }
        String key = set.substring(0, equals).strip();
        String value = set.substring(equals + 1).strip();
        if (!key.startsWith(ROOT + ".")) {
            if (key.startsWith("pekko.")) {
                return ConfigFactory.parseString(set);
            }
            throw new IllegalArgumentException(unknown(key));
        }
        return single(key, value);
    }

    private Config fromEnvironment(Map<String, String> environment) {
        Config found = ConfigFactory.empty();
        for (String key : known.keySet()) {
            String value = environment.get(variable(key));
            if (value != null) {
                found = single(key, value).withFallback(found);
            }
        }
        return found;
    }

    /// Text is taken as it stands (`tcp://host:1883` is no HOCON) and converted when it is read; only lists are parsed.
    private Config single(String key, String value) {
        ConfigValueType type = known.get(key);
        if (type == null) {
            throw new IllegalArgumentException(unknown(key));
        }
        ConfigValue parsed = type == ConfigValueType.LIST ? list(key, value) : ConfigValueFactory.fromAnyRef(value);
        return parsed.atPath(key);
    }

    private static ConfigList list(String key, String value) {
        try {
            return value.startsWith("[")
                    ? ConfigFactory.parseString("list = " + value).getList("list")
                    : ConfigValueFactory.fromIterable(Arrays.stream(value.split(","))
                            .map(String::strip)
                            .filter(item -> !item.isEmpty())
                            .toList());
        } catch (ConfigException e) {
            throw new IllegalArgumentException(key + ": expected a list, got '" + value + "'", e);
        }
    }

    static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private String unknown(String key) {
        return known.keySet().stream()
                .min((a, b) -> Integer.compare(distance(a, key), distance(b, key)))
                .map(nearest -> key + ": no such setting; did you mean " + nearest + "?")
                .orElse(key + ": no such setting");
    }

    /// Levenshtein's edit distance.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
