package io.telltale.dashboard.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// The web app, from the classpath. A path that is no file is a link into the app and gets its `index.html`; files
/// under `assets/` carry a hash in their name and so never change. Kept in memory, compressed once.
final class WebFiles {
    private static final HttpHeader FOREVER = RawHeader.create("Cache-Control", "public, max-age=31536000, immutable");
    private static final HttpHeader ASK_FIRST = RawHeader.create("Cache-Control", "no-cache");
    private static final String INDEX = "index.html";

    private static final Map<String, ContentType> TYPES = Map.ofEntries(
            Map.entry("html", ContentTypes.TEXT_HTML_UTF8),
            Map.entry("js", MediaTypes.APPLICATION_JAVASCRIPT.toContentType(HttpCharsets.UTF_8)),
            Map.entry("css", MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8)),
            Map.entry("json", ContentTypes.APPLICATION_JSON),
            Map.entry("map", ContentTypes.APPLICATION_JSON),
            Map.entry("webmanifest", ContentTypes.APPLICATION_JSON),
            Map.entry("txt", ContentTypes.TEXT_PLAIN_UTF8),
            Map.entry("svg", MediaTypes.IMAGE_SVG_XML.toContentType()),
            Map.entry("png", MediaTypes.IMAGE_PNG.toContentType()),
            Map.entry("ico", MediaTypes.IMAGE_X_ICON.toContentType()),
            Map.entry("woff2", MediaTypes.FONT_WOFF_2.toContentType()));

    private final String root;
    private final Map<String, WebFile> files = new ConcurrentHashMap<>();

    private record WebFile(ContentType type, byte[] plain, byte[] compressed, HttpHeader cacheControl) {}

    /// @param root resource folder with a leading slash and none at the end
    WebFiles(String root) {
        this.root = root;
    }

    /// May read from the class path: not for a thread that others wait on.
    HttpResponse answer(HttpRequest request, String path) {
        var file = file(path);
        if (file.isEmpty() && !path.startsWith("assets/")) {
            file = file(INDEX);
        }
        return file.map(found -> answer(request, found))
                .orElseThrow(() -> Problem.notFound("there is no file " + path));
    }

    private static HttpResponse answer(HttpRequest request, WebFile file) {
        boolean compressed = file.compressed().length < file.plain().length && Answers.acceptsGzip(request);
        return Answers.bytes(
                StatusCodes.OK,
                file.type(),
                compressed ? file.compressed() : file.plain(),
                compressed,
                file.cacheControl());
    }

    private Optional<WebFile> file(String path) {
        // Only files with a type we serve exist for the outside, and none above the root.
        var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null || path.contains("..") || path.contains("//") || path.contains("\\")) {
            return Optional.empty();
        }
        var known = files.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        try (InputStream in = WebFiles.class.getResourceAsStream(root + "/" + path)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] plain = in.readAllBytes();
            var file = new WebFile(type, plain, Answers.gzip(plain), path.startsWith("assets/") ? FOREVER : ASK_FIRST);
            files.put(path, file);
            return Optional.of(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
