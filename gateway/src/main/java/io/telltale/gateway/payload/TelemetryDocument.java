package io.telltale.gateway.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.telltale.analytics.model.DeadLetter.Reason;
import io.telltale.analytics.model.Point;
import io.telltale.gateway.GatewaySettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One telemetry payload while it is read. Refusals are values: a bad value is followed to the end of the document, to
/// tell what is not JSON at all (`MALFORMED`) from JSON that breaks a rule (`INVALID_VALUE`).
final class TelemetryDocument {
    static final int MAX_NESTING = 32;
    private static final int MAX_QUOTED_LENGTH = 40;
    private static final long UNKNOWN = -1;

    private final JsonParser parser;
    private final Encoding encoding;
    private final long arrivalMillis;
    private final GatewaySettings.Payload limits;
    private final MetricNames names = new MetricNames();
    private Point[] points = new Point[8];
    private int count;
    private Reading.@Nullable Refused refusal;

    TelemetryDocument(JsonParser parser, Encoding encoding, long arrivalMillis, GatewaySettings.Payload limits) {
        this.parser = parser;
        this.encoding = encoding;
        this.arrivalMillis = arrivalMillis;
        this.limits = limits;
    }

    /// The points of a document that was not refused.
    List<Point> points() {
        return List.of(Arrays.copyOf(points, count));
    }

    /// @return why the payload is refused, or null
    Reading.@Nullable Refused read() throws IOException {
        var first = parser.nextToken();
        if (first == null) {
            return Reading.Refused.asAWhole(Reason.MALFORMED, "expected JSON, got nothing");
        }
        switch (first) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            default -> refuse("expected an object or an array");
        }
        return refusal != null && refusal.reason() == Reason.TOO_LARGE ? refusal : end();
    }

    private Reading.@Nullable Refused end() throws IOException {
        while (!parser.getParsingContext().inRoot()) {
            parser.nextToken();
            if (parser.getParsingContext().getNestingDepth() > MAX_NESTING) {
                return malformed("nested deeper than " + MAX_NESTING);
            }
        }
        return parser.nextToken() == null ? refusal : malformed("something after the document");
    }

    private Reading.Refused malformed(String what) {
        return Reading.Refused.at(tokenOffset(), Reason.MALFORMED, "byte " + tokenOffset() + ": " + what);
    }

    private void array() throws IOException {
        while (refusal == null) {
            switch (parser.nextToken()) {
                case START_OBJECT -> object();
                case END_ARRAY -> {
                    return;
                }
                default -> refuse("expected only objects in the array");
            }
        }
    }

    private void object() throws IOException {
        int firstOfObject = count;
        long eventTimeMillis = UNKNOWN;
        boolean hasValues = false;
        boolean isFlat = false;
        names.clear();
        for (String name = parser.nextFieldName(); name != null && refusal == null; name = parser.nextFieldName()) {
            if (name.equals("ts")) {
                if (eventTimeMillis != UNKNOWN) {
                    refuse("ts: stands twice");
                    return;
                }
                eventTimeMillis = eventTime();
                stamp(firstOfObject, eventTimeMillis);
            } else if (name.equals("values")) {
                if (hasValues || isFlat) {
                    refuse("values: only ts may stand beside it, once");
                    return;
                }
                hasValues = true;
                values(eventTimeMillis);
            } else if (hasValues) {
                refuse(quoted(name) + ": only ts may stand beside values");
            } else {
                isFlat = true;
                metric(name, eventTimeMillis);
            }
        }
    }

    private void values(long eventTimeMillis) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            refuse("values: expected an object");
            return;
        }
        for (String name = parser.nextFieldName(); name != null && refusal == null; name = parser.nextFieldName()) {
            if (name.equals("ts")) {
                refuse("values.ts: ts stands beside values, not in it");
            } else {
                metric(name, eventTimeMillis);
            }
        }
    }

    private void metric(String name, long eventTimeMillis) throws IOException {
        if (name.isEmpty() || name.length() > Point.MAX_METRIC_LENGTH) {
            refuse(quoted(name) + ": expected a name of 1 to " + Point.MAX_METRIC_LENGTH + " characters");
        } else if (!names.add(name)) {
            refuse(quoted(name) + ": stands twice");
        } else {
            long timeMillis = eventTimeMillis == UNKNOWN ? arrivalMillis : eventTimeMillis;
            switch (parser.nextToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(name, timeMillis, parser.getDoubleValue());
                case VALUE_TRUE -> add(new Point.Numeric(name, timeMillis, 1));
                case VALUE_FALSE -> add(new Point.Numeric(name, timeMillis, 0));
                case VALUE_STRING -> text(name, timeMillis);
                case VALUE_NULL -> {}
                default -> refuse(quoted(name) + ": expected a number, a text, true, false or null");
            }
        }
    }

    private void number(String name, long timeMillis, double value) {
        if (Double.isFinite(value)) {
            add(new Point.Numeric(name, timeMillis, value));
        } else {
            refuse(quoted(name) + ": expected a number within double precision");
        }
    }

    private void text(String name, long timeMillis) throws IOException {
        var text = parser.getText();
        if (text.length() > Point.MAX_TEXT_LENGTH) {
            refuse(quoted(name) + ": expected at most " + Point.MAX_TEXT_LENGTH + " characters, got " + text.length());
        } else if (!isText(text)) {
            refuse(quoted(name) + ": the text has half a surrogate pair");
        } else {
            add(new Point.Text(name, timeMillis, text));
        }
    }

    private void add(Point point) {
        if (count == limits.maxPoints()) {
            refuse(Reason.TOO_LARGE, "expected at most " + limits.maxPoints() + " points");
            return;
        }
        if (count == points.length) {
            points = Arrays.copyOf(points, 2 * count);
        }
        points[count++] = point;
    }

    private long eventTime() throws IOException {
        var time = EventTime.read(parser, parser.nextToken());
        if (time == EventTime.UNREADABLE) {
            refuse("ts: expected whole milliseconds since 1970, or ISO 8601 with a zone");
        } else if (time < 0) {
            refuse("ts: expected 1970 or later");
        } else if (time > arrivalMillis + limits.maxFuture().toMillis()) {
            refuse(
                    Reason.FUTURE_TIMESTAMP,
                    "ts: expected at most " + limits.maxFuture() + " ahead of our clock (" + arrivalMillis + "), got "
                            + time);
        }
        return time;
    }

    /// Devices that write `ts` last are rare; theirs are made twice.
    private void stamp(int from, long eventTimeMillis) {
        for (int i = from; i < count; i++) {
            points[i] = switch (points[i]) {
                case Point.Numeric point -> new Point.Numeric(point.metric(), eventTimeMillis, point.value());
                case Point.Text point -> new Point.Text(point.metric(), eventTimeMillis, point.text());
            };
        }
    }

    /// Half a surrogate pair can only come by an escape, and would be stored as a question mark. In names the parser
    /// refuses it by itself.
    private boolean isText(String text) {
        return encoding != Encoding.UTF_8_WITH_ESCAPES || Encoding.isWhole(text);
    }

    private void refuse(String detail) {
        refuse(Reason.INVALID_VALUE, detail);
    }

    /// The current token is to blame.
    private void refuse(Reason reason, String detail) {
        refusal = Reading.Refused.at(tokenOffset(), reason, detail);
    }

    private long tokenOffset() {
        return parser.currentTokenLocation().getByteOffset();
    }

    private static String quoted(String name) {
        return name.length() <= MAX_QUOTED_LENGTH ? name : name.substring(0, MAX_QUOTED_LENGTH) + "...";
    }
}
