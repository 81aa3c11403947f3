package io.telltale.dashboard.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.telltale.analytics.model.DeviceId;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.japi.Pair;

/// The query parameters of one request. Every refusal names the parameter, its value and what was expected.
final class Parameters {
    /// The year 2286, within what the store's clock can say.
    private static final long MAX_TIME_MILLIS = 9_999_999_999_999L;

    private static final int MAX_SHOWN = 100;

    private final Map<String, String> values = new HashMap<>();

    /// @param known what may be asked; anything else is a misspelling and refused
    Parameters(HttpRequest request, List<String> known) {
        for (var pair : pairs(request)) {
            requireKnown(pair.first(), known);
            if (values.put(pair.first(), pair.second()) != null) {
                throw Problem.badRequest(pair.first() + ": expected once");
            }
        }
    }

    /// The same words as members of a JSON object.
    Parameters(JsonNode object, List<String> known) {
        for (var field : object.properties()) {
            var value = field.getValue();
            requireKnown(field.getKey(), known);
            if (!value.isTextual() && !value.isIntegralNumber()) {
                throw Problem.badRequest(field.getKey() + ": expected a text or a whole number");
            }
            values.put(field.getKey(), value.asText());
        }
    }

    private static void requireKnown(String name, List<String> known) {
        if (!known.contains(name)) {
            throw Problem.badRequest(
                    shown(name) + ": there is no such parameter; expected " + String.join(", ", known));
        }
    }

    static void refuseAll(HttpRequest request) {
        if (!pairs(request).isEmpty()) {
            throw Problem.badRequest("query: expected no parameters");
        }
    }

    private static List<Pair<String, String>> pairs(HttpRequest request) {
        try {
            return request.getUri().query().toList();
        } catch (IllegalUriException broken) {
            throw Problem.badRequest("query: expected percent-encoded UTF-8");
        }
    }

    /// Absent and empty are the same.
    Optional<String> text(String name, int maxLength) {
        var value = Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
        value.filter(text -> text.length() > maxLength).ifPresent(text -> {
            throw refuse(name, text, "at most " + maxLength + " characters");
        });
        return value;
    }

    Optional<DeviceId> device(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> device(name, value));
    }

    static DeviceId device(String name, String value) {
        try {
            return new DeviceId(value);
        } catch (IllegalArgumentException broken) {
            throw Problem.badRequest(name + ": " + broken.getMessage());
        }
    }

    static UUID uuid(String name, String value) {
        try {
            var id = UUID.fromString(value);
            if (id.toString().equalsIgnoreCase(value)) { // or it has been completed from a shorter one
                return id;
            }
        } catch (IllegalArgumentException notUuid) {
            // Refused below.
        }
        throw refuse(name, value, "a UUID");
    }

    int whole(String name, int least, int most, int otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notWhole) {
            // Refused below, like a number out of range.
        }
        throw refuse(name, value, "a whole number from " + least + " to " + most);
    }

    <T> T choice(String name, Map<String, T> choices, T otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        T chosen = choices.get(value);
        if (chosen == null) {
            throw refuse(name, value, "one of " + String.join(", ", choices.keySet()));
        }
        return chosen;
    }

    OptionalLong timeMillis(String name) {
        String value = values.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        try {
            long millis = isDigits(value) ? Long.parseLong(value) : isoMillis(value);
            if (millis >= 0 && millis <= MAX_TIME_MILLIS) {
                return OptionalLong.of(millis);
            }
        } catch (NumberFormatException | DateTimeException | ArithmeticException notTime) {
            // Refused below, like a time out of range.
        }
        throw refuse(name, value, "milliseconds since 1970 up to " + MAX_TIME_MILLIS + ", or ISO 8601 with a zone");
    }

    /// In a query an unescaped `+` is a space: here it can only have been the sign of an offset.
    private static long isoMillis(String value) {
        return OffsetDateTime.parse(value.replace(' ', '+')).toInstant().toEpochMilli();
    }

    private static boolean isDigits(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Problem.Refusal refuse(String name, String value, String expected) {
        return Problem.badRequest(name + ": expected " + expected + ", got " + shown(value));
    }

    private static String shown(String value) {
        return value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "...";
    }
}
