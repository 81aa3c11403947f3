package io.telltale.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;

/// The OpenAPI document as a judge of real answers. Objects are held to the fields that are described: one more is
/// as wrong as one too few.
final class Contract {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final ObjectNode components;

    Contract() {
        try (var in = Contract.class.getResourceAsStream("/openapi.json")) {
            components = (ObjectNode) MAPPER.readTree(in).get("components");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        for (JsonNode schema : components.get("schemas")) {
            if (schema.has("properties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
    }

    /// @return the document, which is as the schema of that name says
    JsonNode check(String schema, String text) {
        var root = MAPPER.createObjectNode();
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", components);
        JsonNode document = json(text);
        assertThat(SCHEMAS.getSchema(root).validate(document)).as(text).isEmpty();
        return document;
    }

    /// @return the answer, which is as the schema of that name says
    JsonNode ok(String schema, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return check(schema, answer.body());
    }

    /// The answer is a problem document that says so.
    void problem(int status, HttpResponse<String> answer, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(check("Problem", answer.body()).at("/detail").asText()).contains(detail);
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError("no JSON: " + text, broken);
        }
    }
}
