package io.telltale.dashboard.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.Feedback;
import io.telltale.analytics.model.Found;
import java.io.IOException;
import java.util.List;

/// Anomalies as JSON.
public final class EventJson {
    private EventJson() {}

    public static void anomalies(JsonGenerator json, Found<Anomaly> found) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("items");
        for (Anomaly anomaly : found.items()) {
            anomaly(json, anomaly);
        }
        json.writeEndArray();
        json.writeNumberField("total", found.total());
        json.writeEndObject();
    }

    public static void anomaly(JsonGenerator json, Anomaly anomaly) throws IOException {
        json.writeStartObject();
        json.writeStringField("device", anomaly.series().device().value());
        json.writeStringField("metric", anomaly.series().metric());
        json.writeStringField("kind", kind(anomaly.kind()));
        json.writeNumberField("eventTimeMillis", anomaly.eventTimeMillis());
        json.writeNumberField("sinceMillis", anomaly.sinceMillis());
        json.writeNumberField("score", anomaly.score());
        number(json, "observed", anomaly.observed());
        number(json, "expected", anomaly.expected());
        number(json, "lower", anomaly.lower());
        number(json, "upper", anomaly.upper());
        json.writeArrayFieldStart("evidence");
        for (String word : anomaly.evidence()) {
            json.writeString(word);
        }
        json.writeEndArray();
        json.writeStringField("explanation", anomaly.explanation());
        json.writeEndObject();
    }

    /// Of whatever somebody said, the last word on each anomaly.
    public static void feedback(JsonGenerator json, List<Feedback> said) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("items");
        for (Feedback feedback : said) {
            json.writeStartObject();
            fields(json, feedback);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /// @param strictness how many more anomalies of the series are said to be false alarms than to be right
    public static void said(JsonGenerator json, Feedback feedback, int strictness) throws IOException {
        json.writeStartObject();
        fields(json, feedback);
        json.writeNumberField("strictness", strictness);
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, Feedback feedback) throws IOException {
        json.writeStringField("device", feedback.series().device().value());
        json.writeStringField("metric", feedback.series().metric());
        json.writeStringField("kind", kind(feedback.kind()));
        json.writeNumberField("eventTimeMillis", feedback.eventTimeMillis());
        json.writeStringField("verdict", verdict(feedback.verdict()));
        json.writeStringField("saidBy", feedback.saidBy());
        json.writeNumberField("saidAtMillis", feedback.saidAtMillis());
    }

    public static String verdict(Feedback.Verdict verdict) {
        return switch (verdict) {
            case CONFIRMED -> "true";
            case FALSE_ALARM -> "false-alarm";
            case NONE -> "none";
        };
    }

    public static String kind(Anomaly.Kind kind) {
        return switch (kind) {
            case SPIKE -> "spike";
            case DRIFT -> "drift";
            case LEVEL_SHIFT -> "level-shift";
            case NOISE_BURST -> "noise-burst";
            case RATE_OF_CHANGE -> "rate-of-change";
            case STUCK -> "stuck";
            case GAP -> "gap";
            case LIMIT -> "limit";
            case CORRELATION -> "correlation";
            case PEERS -> "peers";
        };
    }

    private static void number(JsonGenerator json, String field, double value) throws IOException {
        json.writeFieldName(field);
        Json.number(json, value);
    }
}
