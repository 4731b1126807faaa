package io.jackfield.server.web;

import io.jackfield.api.http.Answer;
import io.jackfield.api.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The browser phone's files, from the class path.
 *
 * <p>Memory is bounded by the files that exist: only those found are kept. Any thread.
 */
final class PhoneFiles extends Handler.Abstract {
    /** Letters that lead nowhere but down; a segment may not begin with a dot. */
    private static final Pattern PATH =
            Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}){1,4}");

    /** Vite's names: the content's hash is in them, so the content never changes. */
    private static final Pattern HASHED =
            Pattern.compile("/assets/.+-[A-Za-z0-9_-]{8}\\.[a-z0-9]+");

    private static final String INDEX = "/index.html";
    private static final String CALLS = "/calls.html";

    /** The page of one call; ids have no dots. */
    private static final Pattern CALL = Pattern.compile("/calls/[A-Za-z0-9_-]{1,64}/?");

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("map", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("ico", "image/vnd.microsoft.icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("wav", "audio/wav"),
                    Map.entry("mp3", "audio/mpeg"),
                    Map.entry("ogg", "audio/ogg"),
                    Map.entry("txt", "text/plain; charset=utf-8"));

    private static final String NOT_BUILT =
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Jackfield</title>
            <h1>Jackfield is running</h1>
            <p>Its phone page has not been built yet. Build it, then start again:</p>
            <pre>cd phone &amp;&amp; npm ci &amp;&amp; npm run build</pre>
            <p>SIP over WebSocket already works at <code>/ws</code>.</p>
            </html>
            """;

    private final String folder;
    private final Map<String, PhoneFile> found = new ConcurrentHashMap<>();

    /**
     * @param folder on the class path, without slashes at its ends
     */
    PhoneFiles(String folder) {
        this.folder = folder;
    }

    /**
     * @param bytes read only; never consumed itself, only its slices
     */
    private record PhoneFile(ByteBuffer bytes, String type, String entityTag, boolean unchanging) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback)
            throws IOException {
        String path = Request.getPathInContext(request);
        if (!List.of("GET", "HEAD").contains(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Problem.methodNotAllowed("This can only be read.").send(response, callback);
            return true;
        }
        Optional<PhoneFile> file = file(fileOf(path));
        if (file.isPresent()) {
            send(file.get(), request, response, callback);
            return true;
        }
        if (path.equals("/")) {
            notBuilt(response, callback);
            return true;
        }
        Problem.notFound("There is nothing at this path.").send(response, callback);
        return true;
    }

    /**
     * Pages name their files relatively, and the page of a call lies one floor deeper than its
     * files.
     */
    private static String fileOf(String path) {
        if (path.equals("/")) {
            return INDEX;
        }
        if (path.equals("/calls") || CALL.matcher(path).matches()) {
            return CALLS;
        }
        return path.startsWith("/calls/") ? path.substring("/calls".length()) : path;
    }

    private Optional<PhoneFile> file(String path) throws IOException {
        if (!PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        PhoneFile known = found.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        String extension = path.substring(path.lastIndexOf('.') + 1);
        String type = TYPES.get(extension);
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in =
                PhoneFiles.class.getClassLoader().getResourceAsStream(folder + path)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            boolean unchanging = HASHED.matcher(path).matches();
            PhoneFile file =
                    new PhoneFile(
                            ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
                            type,
                            entityTag(bytes),
                            unchanging);
            found.put(path, file);
            return Optional.of(file);
        }
    }

    private static void send(
            PhoneFile file, Request request, Response response, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.ETAG, file.entityTag());
        headers.put(
                HttpHeader.CACHE_CONTROL,
                file.unchanging() ? "public, max-age=31536000, immutable" : "no-cache");
        if (alreadyThere(request, file.entityTag())) {
            response.setStatus(304);
            response.write(true, null, callback);
            return;
        }
        response.setStatus(200);
        headers.put(HttpHeader.CONTENT_TYPE, file.type());
        headers.put(HttpHeader.CONTENT_LENGTH, file.bytes().remaining());
        boolean head = request.getMethod().equals("HEAD");
        response.write(true, head ? null : file.bytes().slice(), callback);
    }

    /** "…the listed entity tags do not match" (RFC 9110 §13.1.2), compared weakly. */
    private static boolean alreadyThere(Request request, String entityTag) {
        return request.getHeaders().getValuesList(HttpHeader.IF_NONE_MATCH).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(tag -> tag.equals(entityTag) || tag.equals("*"));
    }

    private static void notBuilt(Response response, Callback callback) {
        Answer.text(response, callback, 200, "text/html; charset=utf-8", NOT_BUILT);
    }

    private static String entityTag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
