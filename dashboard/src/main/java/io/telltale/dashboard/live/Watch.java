package io.telltale.dashboard.live;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.telltale.analytics.model.DeviceId;
import java.util.LinkedHashSet;
import java.util.Set;

/// What a browser shows, and so wants to be told.
///
/// @param devices whose rows are to be kept fresh
/// @param points devices whose every numeric point is wanted
record Watch(boolean overview, Set<DeviceId> devices, Set<DeviceId> points, boolean anomalies) {
    static final int MAX_DEVICES = 500;
    static final int MAX_POINTS = 8;
    static final Watch NOTHING = new Watch(false, Set.of(), Set.of(), false);

    /// Characters of a wrong value that a problem repeats.
    private static final int MAX_SHOWN = 100;

    private static final Set<String> FIELDS = Set.of("type", "overview", "devices", "points", "anomalies");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    Watch {
        devices = Set.copyOf(devices);
        points = Set.copyOf(points);
    }

    /// @throws IllegalArgumentException says what is wrong and what was expected
    static Watch parse(String text) {
        JsonNode message = read(text);
        if (!message.path("type").asText().equals("watch")) {
            throw new IllegalArgumentException("type: expected \"watch\", got " + shown(message.path("type")));
        }
        message.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("watch: there is no field " + shown(name));
            }
        });
        return new Watch(
                flag(message, "overview"),
                devices(message, "devices", MAX_DEVICES),
                devices(message, "points", MAX_POINTS),
                flag(message, "anomalies"));
    }

    private static JsonNode read(String text) {
        try {
            JsonNode message = MAPPER.readTree(text);
            if (message.isObject()) {
                return message;
            }
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("expected one JSON object: " + broken.getOriginalMessage(), broken);
        }
        throw new IllegalArgumentException("expected one JSON object");
    }

    private static boolean flag(JsonNode message, String field) {
        JsonNode value = message.path(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new IllegalArgumentException(
                    "watch: expected " + field + " to be true or false, got " + shown(value));
        }
        return value.asBoolean();
    }

    private static Set<DeviceId> devices(JsonNode message, String field, int limit) {
        JsonNode values = message.path(field);
        if (!values.isMissingNode() && !values.isArray()) {
            throw new IllegalArgumentException("watch: expected " + field + " to be a list of device ids");
        }
        if (values.size() > limit) {
            throw new IllegalArgumentException(
                    "watch: expected at most " + limit + " " + field + ", got " + values.size());
        }
        var devices = new LinkedHashSet<DeviceId>();
        for (JsonNode value : values) {
            if (!value.isTextual()) {
                throw new IllegalArgumentException("watch: expected a device id in " + field + ", got " + shown(value));
            }
            devices.add(new DeviceId(value.textValue()));
        }
        return devices;
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "nothing" : shown(value.toString());
    }

    private static String shown(String value) {
        return value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "...";
    }
}
