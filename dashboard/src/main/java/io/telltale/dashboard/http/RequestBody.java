package io.telltale.dashboard.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/// The body of a request that is more than a question.
final class RequestBody {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RequestBody() {}

    /// @param members what may be in it, for the refusal
    /// @throws Problem.Refusal if it is no JSON object
    static JsonNode object(byte[] body, String members) {
        try {
            var node = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException malformed) {
            // Refused below, like JSON of another kind.
        }
        throw Problem.badRequest("body: expected a JSON object with " + members);
    }
}
