package io.telltale.server.chaos.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// Writes readings as `docs/wire-format.md` has it, each message in one of its forms.
final class Payload {
    private Payload() {}

    static byte[] of(long timeMillis, List<Reading> readings, int message) {
        var values = readings.stream()
                .map(reading -> "\"" + reading.metric() + "\":" + json(reading.value()))
                .collect(Collectors.joining(","));
        var text = switch (message % 4) {
            case 0 -> "{\"ts\":\"%s\",\"values\":{%s}}".formatted(Instant.ofEpochMilli(timeMillis), values);
            case 1 -> "[{%s,\"ts\":%d}]".formatted(values, timeMillis);
            default -> "{\"ts\":%d,%s}".formatted(timeMillis, values);
        };
        return text.getBytes(UTF_8);
    }

    private static String json(Object value) {
        return value instanceof String text ? '"' + text + '"' : value.toString();
    }
}
