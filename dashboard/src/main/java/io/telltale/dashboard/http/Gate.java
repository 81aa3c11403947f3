package io.telltale.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Authorization;
import org.apache.pekko.http.javadsl.model.headers.BasicHttpCredentials;
import org.apache.pekko.http.javadsl.model.headers.Host;

/// Decides who may ask. A loopback server answers to loopback's names only: a page elsewhere that points a name of its
/// own at 127.0.0.1 (DNS rebinding) is refused, and so is a WebSocket that a page of another origin opens, and whatever
/// it sends that is more than a question.
final class Gate {
    private final HttpSettings settings;
    private final boolean checksHost;

    Gate(HttpSettings settings) {
        this.settings = settings;
        // Beyond loopback the credentials protect: a browser sends them to no name but the one they were typed for.
        checksHost = settings.isLoopback();
    }

    Optional<Problem> refusal(HttpRequest request) {
        if (checksHost && !isKnownHost(request)) {
            return Optional.of(new Problem(
                    StatusCodes.FORBIDDEN,
                    "Host: expected localhost, 127.0.0.1, [::1] or one of telltale.dashboard.http.allowed-hosts"));
        }
        if (mayHarm(request) && isCrossSite(request)) {
            return Optional.of(new Problem(StatusCodes.FORBIDDEN, "Origin: expected the same host and port as Host"));
        }
        if (settings.credentials().isPresent()
                && !isHealth(request)
                && !isAuthorized(request, settings.credentials().get())) {
            return Optional.of(new Problem(StatusCodes.UNAUTHORIZED, "Authorization: expected HTTP Basic credentials"));
        }
        return Optional.empty();
    }

    private boolean isKnownHost(HttpRequest request) {
        return request.getHeader(Host.class)
                .map(host -> host.host().address().toLowerCase(Locale.ROOT))
                .filter(name -> isLoopbackName(name)
                        || name.equals(settings.host().toLowerCase(Locale.ROOT))
                        || settings.allowedHosts().contains(name))
                .isPresent();
    }

    private static boolean isLoopbackName(String name) {
        return switch (name) {
            case "localhost", "127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]" -> true;
            default -> false;
        };
    }

    /// A browser keeps the answer to a plain question from a page of another origin, but it does send the request, and
    /// lets the page speak through a WebSocket.
    private static boolean mayHarm(HttpRequest request) {
        boolean asks =
                request.method().equals(HttpMethods.GET) || request.method().equals(HttpMethods.HEAD);
        return !asks || request.getAttribute(AttributeKeys.webSocketUpgrade).isPresent();
    }

    private static boolean isCrossSite(HttpRequest request) {
        var origin = request.getHeader("Origin").map(header -> header.value().toLowerCase(Locale.ROOT));
        var host = request.getHeader("Host").map(header -> header.value().toLowerCase(Locale.ROOT));
        return origin.isPresent()
                && !origin.map(value ->
                                value.substring(value.indexOf("://") + 1).replaceFirst("^//", ""))
                        .equals(host);
    }

    /// Probes of an orchestrator carry no credentials, and health says nothing worth hiding.
    private static boolean isHealth(HttpRequest request) {
        return request.getUri().path().startsWith("/health/");
    }

    private static boolean isAuthorized(HttpRequest request, HttpSettings.Credentials expected) {
        return request.getHeader(Authorization.class)
                .map(Authorization::credentials)
                .filter(BasicHttpCredentials.class::isInstance)
                .map(BasicHttpCredentials.class::cast)
                .filter(given -> sameSecret(
                        given.username() + ":" + given.password(), expected.user() + ":" + expected.password()))
                .isPresent();
    }

    /// Takes as long for a wrong guess as for a right one; digests, so that not even the length shows.
    private static boolean sameSecret(String given, String expected) {
        return MessageDigest.isEqual(digest(given), digest(expected));
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
