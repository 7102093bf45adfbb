package io.linkspan.testkit.internal;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request to a simulator. Bodies are read at once, except those of uploads, which are streamed. */
public final class SimRequest {

    private static final int MAX_BODY = 1 << 20;

    private final HttpExchange exchange;
    private final String method;
    private final String path;
    private final Forms query;
    private final String body;
    private volatile @Nullable String account;

    private SimRequest(HttpExchange exchange, Forms query, String body) {
        this.exchange = exchange;
        this.method = exchange.getRequestMethod();
        this.path = exchange.getRequestURI().getPath();
        this.query = query;
        this.body = body;
    }

    static SimRequest read(HttpExchange exchange) throws IOException {
        String body = "";
        if (!exchange.getRequestMethod().equals("PUT")) {
            body = new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
        }
        return new SimRequest(exchange, lenient(exchange.getRequestURI().getRawQuery()), body);
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
        return contentType().equals("application/x-www-form-urlencoded") ? lenient(body) : Forms.parse(null);
    }

    /** {@return the body as JSON; null when it is none} */
    public @Nullable JsonNode json() {
        return Json.parse(body);
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
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** {@return the bearer token; empty when there is none} */
    public String bearer() {
        String value = header("Authorization");
        return value != null && value.startsWith("Bearer ") ? value.substring("Bearer ".length()) : "";
    }

    /** {@return the body of an upload} */
    public InputStream stream() {
        return exchange.getRequestBody();
    }

    /** Reads what is left of the body, so that the caller gets to see the answer. */
    void drain() throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
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
