package io.telltale.dashboard.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.telltale.dashboard.json.Json;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the server is well, check by check.
record Health(SortedMap<String, Boolean> checks) implements Json.Document {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    /// A check that throws is down.
    static Health of(Map<String, BooleanSupplier> checks) {
        var results = new TreeMap<String, Boolean>();
        checks.forEach((name, check) -> results.put(name, isUp(name, check)));
        return new Health(results);
    }

    boolean isUp() {
        return !checks.containsValue(false);
    }

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", state(isUp()));
        json.writeObjectFieldStart("checks");
        for (var check : checks.entrySet()) {
            json.writeStringField(check.getKey(), state(check.getValue()));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static boolean isUp(String name, BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException failure) {
            log.warn("health check {} failed: not ready", name, failure);
            return false;
        }
    }

    private static String state(boolean isUp) {
        return isUp ? "up" : "down";
    }
}
