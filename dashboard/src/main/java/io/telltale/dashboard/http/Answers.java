package io.telltale.dashboard.http;

import io.telltale.dashboard.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.AcceptEncoding;
import org.apache.pekko.http.javadsl.model.headers.HttpEncodings;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// Makes responses: headers, compression, problem documents.
final class Answers {
    private static final ContentType PROBLEM = MediaTypes.applicationWithFixedCharset(
                    "problem+json", HttpCharsets.UTF_8)
            .toContentType();
    /// Below this, gzip saves no packet.
    private static final int COMPRESS_FROM_BYTES = 1400;

    private static final List<HttpHeader> SECURITY = List.of(
            RawHeader.create(
                    "Content-Security-Policy",
                    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none';"
                            + " form-action 'self'; frame-ancestors 'none'"),
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("X-Frame-Options", "DENY"),
            RawHeader.create("Referrer-Policy", "no-referrer"));

    static final HttpHeader NO_STORE = RawHeader.create("Cache-Control", "no-store");

    private Answers() {}

    static HttpResponse json(HttpRequest request, StatusCode status, Json.Document document) {
        return body(request, status, ContentTypes.APPLICATION_JSON, Json.bytes(document), NO_STORE);
    }

    static HttpResponse body(
            HttpRequest request, StatusCode status, ContentType type, byte[] body, HttpHeader cacheControl) {
        boolean compressed = body.length >= COMPRESS_FROM_BYTES && acceptsGzip(request);
        return bytes(status, type, compressed ? gzip(body) : body, compressed, cacheControl);
    }

    /// @param compressed whether the body is gzip already
    static HttpResponse bytes(
            StatusCode status, ContentType type, byte[] body, boolean compressed, HttpHeader cacheControl) {
        var headers = new ArrayList<>(SECURITY);
        headers.add(cacheControl);
        headers.add(RawHeader.create("Vary", "Accept-Encoding"));
        if (compressed) {
            headers.add(RawHeader.create("Content-Encoding", "gzip"));
        }
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(HttpEntities.create(type, body))
                .withHeaders(headers);
    }

    static HttpResponse problem(Problem problem) {
        var response = bytes(problem.status(), PROBLEM, Json.bytes(problem), false, NO_STORE)
                .addHeaders(problem.headers());
        if (problem.status().equals(StatusCodes.SERVICE_UNAVAILABLE)) {
            return response.addHeader(RawHeader.create("Retry-After", "2"));
        }
        if (problem.status().equals(StatusCodes.UNAUTHORIZED)) {
            return response.addHeader(RawHeader.create("WWW-Authenticate", "Basic realm=\"telltale\""));
        }
        return response;
    }

    static boolean acceptsGzip(HttpRequest request) {
        if (request.getHeader(AcceptEncoding.class).isEmpty()) {
            return false;
        }
        for (var range : request.getHeader(AcceptEncoding.class).get().getEncodings()) {
            if (range.matches(HttpEncodings.GZIP) && range.qValue() > 0) {
                return true;
            }
        }
        return false;
    }

    static byte[] gzip(byte[] body) {
        var out = new ByteArrayOutputStream(body.length / 2);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
