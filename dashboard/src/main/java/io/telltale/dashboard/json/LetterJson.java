package io.telltale.dashboard.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.Found;
import io.telltale.dashboard.source.Replayed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Dead letters, and what came of replaying them, as JSON.
public final class LetterJson {
    private LetterJson() {}

    public static void page(JsonGenerator json, Found<DeadLetter> found) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("items");
        for (DeadLetter letter : found.items()) {
            letter(json, letter);
        }
        json.writeEndArray();
        json.writeNumberField("total", found.total());
        json.writeEndObject();
    }

    public static void letter(JsonGenerator json, DeadLetter letter) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", letter.id().toString());
        json.writeNumberField("arrivalMillis", letter.arrivalMillis());
        json.writeStringField("door", letter.door());
        json.writeStringField("topic", letter.topic());
        trouble(json, letter.reason(), letter.detail(), letter.byteOffset());
        if (letter.replayedMillis().isPresent()) {
            json.writeNumberField("replayedMillis", letter.replayedMillis().getAsLong());
        }
        json.writeNumberField("size", letter.payload().length);
        payload(json, letter.payload());
        json.writeEndObject();
    }

    /// The most frequent first.
    public static void reasons(JsonGenerator json, Map<DeadLetter.Reason, Long> counts) throws IOException {
        var mostFirst = counts.entrySet().stream()
                .sorted(Map.Entry.<DeadLetter.Reason, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        json.writeStartObject();
        json.writeArrayFieldStart("items");
        for (var each : mostFirst) {
            json.writeStartObject();
            json.writeStringField("reason", each.getKey().name());
            json.writeNumberField("count", each.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField(
                "total", counts.values().stream().mapToLong(Long::longValue).sum());
        json.writeEndObject();
    }

    /// @param remaining how many match that were not replayed
    public static void replay(JsonGenerator json, List<Replayed> letters, long remaining) throws IOException {
        int stored = 0;
        long points = 0;
        json.writeStartObject();
        json.writeArrayFieldStart("items");
        for (Replayed letter : letters) {
            json.writeStartObject();
            json.writeStringField("id", letter.id().toString());
            switch (letter) {
                case Replayed.Stored ofPoints -> {
                    json.writeStringField("outcome", "stored");
                    json.writeNumberField("points", ofPoints.points());
                    stored++;
                    points += ofPoints.points();
                }
                case Replayed.StillDead dead -> {
                    json.writeStringField("outcome", "still-dead");
                    trouble(json, dead.reason(), dead.detail(), dead.byteOffset());
                }
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("stored", stored);
        json.writeNumberField("points", points);
        json.writeNumberField("stillDead", letters.size() - stored);
        json.writeNumberField("remaining", remaining);
        json.writeEndObject();
    }

    private static void trouble(JsonGenerator json, DeadLetter.Reason reason, String detail, OptionalInt byteOffset)
            throws IOException {
        json.writeStringField("reason", reason.name());
        json.writeStringField("detail", detail);
        if (byteOffset.isPresent()) {
            json.writeNumberField("byteOffset", byteOffset.getAsInt());
        }
    }

    private static void payload(JsonGenerator json, byte[] payload) throws IOException {
        try {
            // A fresh decoder reports what is not UTF-8; `new String` would hide it behind replacement characters.
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
            json.writeStringField("payload", text.toString());
        } catch (CharacterCodingException notText) {
            json.writeBinaryField("payload", payload);
            json.writeStringField("encoding", "base64");
        }
    }
}
