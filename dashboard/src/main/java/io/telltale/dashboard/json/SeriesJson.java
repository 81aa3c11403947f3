package io.telltale.dashboard.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.telltale.analytics.anomaly.ExpectedBand;
import io.telltale.analytics.model.Series;
import java.io.IOException;
import java.util.Optional;

/// A stretch of a series as JSON columns.
public final class SeriesJson {
    private SeriesJson() {}

    /// @param band expected of each point; left out when absent
    public static void series(JsonGenerator json, Series series, Optional<ExpectedBand> band) throws IOException {
        json.writeStartObject();
        json.writeStringField("device", series.key().device().value());
        json.writeStringField("metric", series.key().metric());
        json.writeNumberField("resolutionMillis", series.resolutionMillis());
        column(json, "times", series.timesMillis());
        column(json, "mean", series.mean());
        column(json, "min", series.min());
        column(json, "max", series.max());
        column(json, "counts", series.counts());
        if (band.isPresent()) {
            column(json, "low", band.get().low());
            column(json, "high", band.get().high());
        }
        json.writeArrayFieldStart("changes");
        for (var change : series.changes()) {
            json.writeStartObject();
            json.writeNumberField("fromMillis", change.fromMillis());
            json.writeNumberField("toMillis", change.toMillis());
            json.writeNumberField("revised", change.revised());
            json.writeNumberField("repaired", change.repaired());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void column(JsonGenerator json, String name, long[] values) throws IOException {
        json.writeFieldName(name);
        json.writeArray(values, 0, values.length);
    }

    private static void column(JsonGenerator json, String name, double[] values) throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            Json.number(json, value);
        }
        json.writeEndArray();
    }
}
