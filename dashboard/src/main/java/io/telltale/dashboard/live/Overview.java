package io.telltale.dashboard.live;

import com.fasterxml.jackson.core.JsonGenerator;
import io.telltale.dashboard.json.Json;
import io.telltale.dashboard.source.StoreState;
import java.io.IOException;

/// The fleet in a dozen numbers.
public record Overview(
        long nowMillis,
        int online,
        int stale,
        int offline,
        boolean isLoading,
        double messagesPerSecond,
        double pointsPerSecond,
        long anomaliesLastHour,
        long deadLettersLastHour,
        StoreState store)
        implements Json.Document {

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("nowMillis", nowMillis);
        json.writeObjectFieldStart("devices");
        json.writeNumberField("online", online);
        json.writeNumberField("stale", stale);
        json.writeNumberField("offline", offline);
        json.writeBooleanField("loading", isLoading);
        json.writeEndObject();
        json.writeNumberField("messagesPerSecond", messagesPerSecond);
        json.writeNumberField("pointsPerSecond", pointsPerSecond);
        json.writeNumberField("anomaliesLastHour", anomaliesLastHour);
        json.writeNumberField("deadLettersLastHour", deadLettersLastHour);
        json.writeNumberField("ingestLagMillis", store.ingestLagMillis());
        json.writeObjectFieldStart("store");
        json.writeStringField("state", store.behind() ? "behind" : "up");
        json.writeNumberField("waitingRows", store.waitingRows());
        json.writeNumberField("lastWriteMillis", store.lastWriteMillis());
        json.writeEndObject();
        json.writeObjectFieldStart("audit");
        json.writeNumberField("differences", store.audit().differences());
        json.writeNumberField("windows", store.audit().windows());
        json.writeNumberField("atMillis", store.audit().atMillis());
        json.writeEndObject();
        json.writeEndObject();
    }
}
