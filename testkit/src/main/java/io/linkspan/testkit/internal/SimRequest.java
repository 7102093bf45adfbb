package io.linkspan.testkit.internal;

import com.sun.net.httpserver.HttpExchange;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A request to a simulator, whichever way it came in. Texts are read when asked for, uploads are streamed. */
public final class SimRequest {

    private static final int MAX_TEXT = 1 << 20;

    private final String method;
    private final String path;
    private final Forms query;
    private final UnaryOperator<@Nullable String> headers;
    private Body body;
    private @Nullable String text;
    private volatile @Nullable String account;

    private SimRequest(String method, URI uri, UnaryOperator<@Nullable String> headers, Body body) {
        this.method = method;
        this.path = uri.getPath();
        this.query = lenient(uri.getRawQuery());
        this.headers = headers;
        this.body = body;
    }

    /** Where the bytes come from. */
    @FunctionalInterface
    private interface Body {
        InputStream open() throws IOException;
    }

    static SimRequest of(HttpExchange exchange) {
        return new SimRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                name -> exchange.getRequestHeaders().getFirst(name),
                () -> new Unclosed(exchange.getRequestBody()));
    }

    /** The body of a connection; what is left of it is read before the answer. */
    private static final class Unclosed extends FilterInputStream {

        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // the exchange closes it
        }
    }

    static SimRequest of(HttpCall call) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(call.headers());
        HttpBody body = call.body();
        Body bytes;
        if (body instanceof HttpBody.Slice slice) {
            headers.put("Content-Type", slice.contentType());
            headers.put("Content-Length", Long.toString(slice.length()));
            bytes = () -> new SliceStream(slice);
        } else {
            byte[] content = content(body, headers).getBytes(StandardCharsets.UTF_8);
            headers.put("Content-Length", Integer.toString(content.length));
            bytes = () -> new ByteArrayInputStream(content);
        }
        return new SimRequest(call.method(), call.uri(), headers::get, bytes);
    }

    private static String content(HttpBody body, Map<String, String> headers) {
        if (body instanceof HttpBody.Json json) {
            headers.put("Content-Type", "application/json; charset=UTF-8");
            return json.text();
        }
        if (body instanceof HttpBody.Form form) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
            return Forms.of(form.fields()).query();
        }
        return "";
    }

    private static Forms lenient(@Nullable String text) {
        try {
            return Forms.parse(text);
        } catch (IllegalArgumentException e) {
            return Forms.parse(null);
        }
    }

    /** {@return the HTTP method} */
    public String method() {
        return method;
    }

    /** {@return the path, decoded} */
    public String path() {
        return path;
    }

    /** {@return the parameters of the query string} */
    public Forms query() {
        return query;
    }

    /** {@return the parameters of the form in the body; empty when it is none} */
    public Forms form() {
        return contentType().equals("application/x-www-form-urlencoded") ? lenient(text()) : Forms.parse(null);
    }

    /** {@return the body as JSON; null when it is none} */
    public @Nullable JsonNode json() {
        return Json.parse(text());
    }

    private synchronized String text() {
        String known = text;
        if (known == null) {
            try {
                try (InputStream in = body.open()) {
                    known = new String(in.readNBytes(MAX_TEXT), StandardCharsets.UTF_8);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            text = known;
        }
        return known;
    }

    /** {@return the content type without parameters, lower case; empty when absent} */
    public String contentType() {
        String type = header("Content-Type");
        if (type == null) {
            return "";
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * A request header.
     *
     * @param name its name, in any case
     * @return its first value, or null when absent
     */
    public @Nullable String header(String name) {
        return headers.apply(name);
    }

    /** {@return the bearer token; empty when there is none} */
    public String bearer() {
        return credentials("Bearer ");
    }

    /**
     * What the {@code Authorization} header holds after a scheme.
     *
     * @param scheme the scheme with the space after it
     * @return the rest; empty when there is no such header
     */
    public String credentials(String scheme) {
        String value = header("Authorization");
        return value != null && value.startsWith(scheme) ? value.substring(scheme.length()) : "";
    }

    /**
     * The body of an upload.
     *
     * @return the stream
     * @throws UncheckedIOException if it cannot be opened
     */
    public InputStream stream() {
        try {
            return body.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the body in memory, so that the request can be carried out after its connection is gone. */
    synchronized void keep() throws IOException {
        if (text == null) {
            byte[] bytes;
            try (InputStream in = body.open()) {
                bytes = in.readAllBytes();
            }
            body = () -> new ByteArrayInputStream(bytes);
        }
    }

    /** Reads what is left of the body, so that the caller gets to see the answer. */
    void drain() throws IOException {
        try (InputStream in = body.open()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /**
     * Notes for whom the request is.
     *
     * @param handle the account's handle
     */
    public void account(String handle) {
        this.account = handle;
    }

    /** {@return for whom the request is, if known} */
    public @Nullable String account() {
        return account;
    }
}
