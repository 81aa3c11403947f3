package io.telltale.dashboard.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.telltale.dashboard.json.Json;
import java.io.IOException;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// Why a request is not answered as hoped: a problem document (RFC 9457) in the making.
///
/// @param detail one sentence for a person
/// @param headers that go with the answer
record Problem(StatusCode status, String detail, List<HttpHeader> headers) implements Json.Document {

    Problem(StatusCode status, String detail) {
        this(status, detail, List.of());
    }

    /// Ends the handling of a request; no trace, since nothing went wrong here.
    static final class Refusal extends RuntimeException {
        private final transient Problem problem;

        Refusal(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    static Refusal badRequest(String detail) {
        return new Problem(StatusCodes.BAD_REQUEST, detail).refusal();
    }

    static Refusal notFound(String detail) {
        return new Problem(StatusCodes.NOT_FOUND, detail).refusal();
    }

    static Refusal unavailable(String detail) {
        return new Problem(StatusCodes.SERVICE_UNAVAILABLE, detail).refusal();
    }

    /// @param allowed the methods that are, as the header `Allow` lists them
    static Refusal methodNotAllowed(String allowed, HttpRequest request) {
        return new Problem(
                        StatusCodes.METHOD_NOT_ALLOWED,
                        "expected " + allowed.replace(", ", " or ") + ", got "
                                + request.method().value(),
                        List.of(RawHeader.create("Allow", allowed)))
                .refusal();
    }

    Refusal refusal() {
        return new Refusal(this);
    }

    @Override
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "about:blank");
        json.writeStringField("title", status.reason());
        json.writeNumberField("status", status.intValue());
        json.writeStringField("detail", detail);
        json.writeEndObject();
    }
}
